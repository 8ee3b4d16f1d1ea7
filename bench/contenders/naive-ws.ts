import { type WebSocket, WebSocketServer } from "ws";

/** The STOMP broadcast that one writes in an afternoon: `node naive-ws.ts PORT`. It finds what it needs in a frame and sends each subscriber a text of its own. */
const port = Number(process.argv[2]);
const subscriptions = new Map<string, Map<WebSocket, string>>();
let count = 0;

const server = new WebSocketServer({ port, host: "127.0.0.1", clientTracking: false });
server.on("listening", () => console.log("listening"));
server.on("connection", (socket) => {
  const mine = new Set<string>();
  socket.on("message", (data) => {
    const { command, headers, body } = parse(String(data));
    const destination = headers.get("destination") ?? "";
    if (command === "CONNECT") socket.send("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
    if (command === "SUBSCRIBE") {
      mine.add(destination);
      subscribe(destination, socket, headers.get("id") ?? "");
    }
    if (command === "SEND") broadcast(destination, headers.get("content-type") ?? "text/plain", body);
    const receipt = headers.get("receipt");
    if (receipt !== undefined) socket.send(`RECEIPT\nreceipt-id:${receipt}\n\n\0`);
  });
  socket.on("close", () => {
    for (const destination of mine) subscriptions.get(destination)?.delete(socket);
  });
});

function parse(text: string) {
  const end = text.indexOf("\n\n");
  const [command = "", ...lines] = text.slice(0, end).split("\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return { command, headers, body: text.slice(end + 2, text.indexOf("\0", end)) };
}

function subscribe(destination: string, socket: WebSocket, id: string): void {
  const subscribers = subscriptions.get(destination) ?? new Map<WebSocket, string>();
  subscriptions.set(destination, subscribers.set(socket, id));
}

function broadcast(destination: string, type: string, body: string): void {
  count += 1;
  for (const [socket, id] of subscriptions.get(destination) ?? [])
    socket.send(
      `MESSAGE\nsubscription:${id}\nmessage-id:${count}\ndestination:${destination}\ncontent-type:${type}\n\n${body}\0`,
    );
}
