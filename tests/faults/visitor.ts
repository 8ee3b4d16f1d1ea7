import { WebSocket } from "ws";

// A process that can be stopped: `visitor.ts ENDPOINT ORIGIN COOKIE HEART-BEAT` connects, beats as it promised, and says so.
const [endpoint, origin, cookie, heartBeat] = process.argv.slice(2) as [string, string, string, string];
const socket = new WebSocket(endpoint, ["v12.stomp"], { headers: { origin, cookie, host: new URL(origin).host } });
socket.on("open", () => socket.send(`CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:${heartBeat},0\n\n\0`));
socket.on("message", (data) => {
  if (!String(data).startsWith("CONNECTED")) return;
  process.stdout.write("connected");
  if (heartBeat !== "0") setInterval(() => socket.send("\n"), Number(heartBeat));
});
socket.on("close", () => process.exit());
