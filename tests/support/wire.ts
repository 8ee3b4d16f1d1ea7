import { WebSocket } from "ws";
import { until } from "./until.ts";

export interface WireFrame {
  command: string;
  headers: Record<string, string>;
  body: string;
}

/** A STOMP client without any library: frames written and read by hand. */
export interface Wire {
  /** Everything the server has sent. */
  readonly frames: readonly WireFrame[];
  send(command: string, headers?: Record<string, string>, body?: string): void;
  /** What need not be a frame. */
  bytes(text: string): void;
  /** Waits for a frame with this command and these headers, among all that have come. */
  frame(command: string, headers?: Record<string, string>): Promise<WireFrame>;
  /** The WebSocket close code. */
  readonly closed: Promise<number>;
  close(): void;
}

/** Opens the endpoint. `refused` when the upgrade was answered by something else than 101: its HTTP status, or 0 for a destroyed socket. */
export async function openWire(
  endpoint: string,
  { headers = {}, protocols = ["v12.stomp"] }: { headers?: Record<string, string>; protocols?: string[] } = {},
): Promise<Wire | { refused: number }> {
  const socket = new WebSocket(endpoint, protocols, { headers });
  const frames: WireFrame[] = [];
  socket.on("message", (data) => {
    // A lone line break is a heart-beat.
    for (const text of String(data).split("\0")) if (text.trim() !== "") frames.push(readFrame(text.trimStart()));
  });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  const refused = await new Promise<number | undefined>((resolve) => {
    socket.once("open", () => resolve(undefined));
    socket.once("unexpected-response", (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => resolve(0));
  });
  if (refused !== undefined) return { refused };
  return {
    frames,
    closed,
    send: (command, given = {}, body = "") => socket.send(write(command, given, body)),
    bytes: (text) => socket.send(text),
    frame: (command, wanted = {}) =>
      until(`${command} ${JSON.stringify(wanted)}`, () => frames.find((frame) => isLike(frame, command, wanted))),
    close: () => socket.close(),
  };
}

/** Opens the endpoint and connects, by whatever credential the headers carry. */
export async function connectWire(
  endpoint: string,
  options: { headers?: Record<string, string>; passcode?: string } = {},
): Promise<Wire> {
  const wire = await openWire(endpoint, options);
  if ("refused" in wire) throw new Error(`The upgrade was answered with ${wire.refused}`);
  const passcode: Record<string, string> = options.passcode ? { passcode: options.passcode } : {};
  wire.send("CONNECT", { "accept-version": "1.2", host: "localhost", "heart-beat": "0,0", ...passcode });
  await wire.frame("CONNECTED");
  return wire;
}

function write(command: string, headers: Record<string, string>, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  return `${command}\n${lines.join("")}\n${body}\0`;
}

/** Enough for what the server sends: no NUL in bodies, no escapes in the headers that tests look at. */
export function readFrame(text: string): WireFrame {
  const end = text.indexOf("\n\n");
  const [command = "", ...lines] = text.slice(0, end).split("\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon)] ??= line.slice(colon + 1);
  }
  return { command, headers, body: text.slice(end + 2) };
}

function isLike(frame: WireFrame, command: string, headers: Record<string, string>): boolean {
  return frame.command === command && Object.entries(headers).every(([name, value]) => frame.headers[name] === value);
}
