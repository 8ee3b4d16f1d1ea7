import { connect } from "node:net";

/** Writes bytes to the server and resolves with everything it answers until it closes the connection, or for `wait` ms at most. */
export function rawHttp(port: number, bytes: string, wait = 3_000): Promise<{ answer: string; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    let closed = false;
    const late = setTimeout(() => socket.destroy(), wait);
    socket.setEncoding("utf8");
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("error", () => socket.destroy());
    socket.on("end", () => {
      closed = true;
    });
    socket.on("close", (hadError) => {
      clearTimeout(late);
      resolve({ answer, closed: closed || hadError });
    });
    socket.write(bytes);
  });
}

/** The bytes of an upgrade request for a WebSocket. */
export function upgradeRequest(target: string, host: string, headers: Record<string, string> = {}): string {
  const further = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return [
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`,
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${further.join("")}\r\n`,
  ].join("");
}
