import { Server } from "socket.io";

/** Rooms with Socket.IO as its own guide writes them: `node socket-io.ts PORT`. */
const port = Number(process.argv[2]);
const server = new Server(port, { transports: ["websocket"], serveClient: false });
server.on("connection", (socket) => {
  socket.on("join", async (room: string, joined: () => void) => {
    await socket.join(room);
    joined();
  });
  socket.on("publish", (room: string, text: string) => server.to(room).emit("message", text));
});
server.httpServer.once("listening", () => console.log("listening"));
