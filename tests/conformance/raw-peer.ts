import { connect as connectSocket } from "node:net";
import { WebSocket } from "ws";
import { until } from "#tests/support/until.ts";

/** A frame as the test sees it: taken apart by hand, so that our own parser is not its own judge. Nothing is unescaped. */
export interface Seen {
  command: string;
  /** Lines as they stood, in their order. */
  lines: [name: string, value: string][];
  headers: Record<string, string>;
  body: Buffer;
}

export type Carrier = "websocket" | "tcp";

/** A peer that writes bytes by hand and remembers everything that came, over either carrier. */
export class RawPeer {
  readonly frames: Seen[] = [];
  /** Over WebSocket, the messages as they came. */
  readonly messages: { data: Buffer; isBinary: boolean }[] = [];
  /** Lone line ends: heart-beats. */
  heartBeats = 0;
  /** Set when the connection is closed; the WebSocket's code, or 0 over TCP. */
  closed: number | undefined;
  /** The subprotocol that the server chose. */
  subprotocol = "";
  readonly #write: (bytes: Buffer, isText: boolean) => void;
  readonly #cut: () => void;
  #unread: Buffer = Buffer.alloc(0);
  #taken = 0;

  constructor(write: (bytes: Buffer, isText: boolean) => void, cut: () => void) {
    this.#write = write;
    this.#cut = cut;
  }

  /** Whole frames, without their NUL: `peer.send("SEND\ndestination:/topic/a\n\nhello")`; all of them in one WebSocket message. */
  send(...frames: string[]): void {
    this.bytes(frames.map((frame) => `${frame}\0`).join(""));
  }

  /** Just these bytes; over WebSocket, as one message. */
  bytes(bytes: string | Buffer, opcode: "text" | "binary" = "text"): void {
    this.#write(Buffer.from(bytes as string), opcode === "text");
  }

  /** The next frame that was not taken yet. */
  async next(timeout?: number): Promise<Seen> {
    const frame = await until("a frame", () => this.frames[this.#taken], timeout);
    this.#taken += 1;
    return frame;
  }

  /** Takes frames up to the first with this command. */
  async find(command: string, timeout?: number): Promise<Seen> {
    for (;;) {
      const frame = await this.next(timeout);
      if (frame.command === command) return frame;
    }
  }

  /** Takes what came and was not taken, without waiting. */
  rest(): Seen[] {
    const rest = this.frames.slice(this.#taken);
    this.#taken = this.frames.length;
    return rest;
  }

  /** Everything that this peer sent has been answered: a SUBSCRIBE of its own was. */
  async settled(): Promise<void> {
    const receipt = `settled-${Math.random()}`;
    this.send(`SUBSCRIBE\nid:${receipt}\ndestination:/topic/settled\nreceipt:${receipt}\n\n`);
    await until("the answer to a later frame", () =>
      this.frames.some(({ headers }) => headers["receipt-id"] === receipt),
    );
    this.send(`UNSUBSCRIBE\nid:${receipt}\n\n`);
  }

  /** Waits until the server has closed the connection. */
  async end(timeout?: number): Promise<number> {
    await until("the end of the connection", () => this.closed !== undefined, timeout);
    return this.closed ?? 0;
  }

  /** Cuts the connection. */
  cut(): void {
    this.#cut();
  }

  /** For the carriers: what has arrived. */
  take(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      while (this.#unread[0] === 10) {
        this.heartBeats += 1;
        this.#unread = this.#unread.subarray(1);
      }
      const frame = takeApart(this.#unread);
      if (!frame) return;
      this.#unread = this.#unread.subarray(frame.length);
      this.frames.push(frame.seen);
    }
  }
}

/** What only a WebSocket has. */
export interface Opening {
  protocols?: string[];
  /** Of the upgrade request. */
  headers?: Record<string, string>;
  /** False: pings are not answered, as by a client that is gone. */
  autoPong?: boolean;
}

/** Opens a connection and says nothing. */
export async function open(
  carrier: Carrier,
  addresses: { websocket: string; tcp: number },
  options: Opening = {},
): Promise<RawPeer> {
  return carrier === "tcp" ? openTcp(addresses.tcp) : openWebSocket(addresses.websocket, options);
}

async function openTcp(port: number): Promise<RawPeer> {
  const socket = connectSocket(port, "127.0.0.1");
  socket.setNoDelay(true);
  const peer = new RawPeer(
    (bytes) => socket.write(bytes),
    () => socket.destroy(),
  );
  socket.on("data", (data) => peer.take(data as Buffer));
  socket.on("error", () => {});
  socket.on("close", () => {
    peer.closed = 0;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return peer;
}

async function openWebSocket(url: string, { protocols = ["v12.stomp"], ...rest }: Opening): Promise<RawPeer> {
  const ws = new WebSocket(url, protocols, rest);
  const peer = new RawPeer(
    (bytes, isText) => ws.send(bytes, { binary: !isText }),
    () => ws.terminate(),
  );
  ws.on("message", (data: Buffer, isBinary) => {
    peer.messages.push({ data, isBinary });
    peer.take(data);
  });
  ws.on("close", (code) => {
    peer.closed = code;
  });
  await new Promise<void>((resolve, reject) => {
    ws.once("open", resolve);
    ws.once("error", reject);
  });
  peer.subprotocol = ws.protocol;
  return peer;
}

/** One frame at the beginning of these bytes, if all of it is there. */
function takeApart(bytes: Buffer): { seen: Seen; length: number } | undefined {
  const end = bytes.indexOf("\n\n");
  if (end === -1) return undefined;
  const [command = "", ...rest] = bytes.subarray(0, end).toString().split("\n");
  const lines = rest.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const headers: Record<string, string> = {};
  for (const [name, value] of lines) headers[name] ??= value;
  const begin = end + 2;
  const length = headers["content-length"];
  const stop = length === undefined ? bytes.indexOf(0, begin) : begin + Number(length);
  if (stop === -1 || bytes.length <= stop) return undefined;
  if (bytes[stop] !== 0) throw new Error(`A ${command} frame does not end where its content-length says.`);
  return { seen: { command, lines, headers, body: bytes.subarray(begin, stop) }, length: stop + 1 };
}
