import { connect, type Socket } from "node:net";
import { pongFrame, readFrames, textFrame } from "./frames.ts";

/** A message as it lies in the bytes that were just read, which are overwritten by the next read. */
export type Hear = (peer: Peer, bytes: Buffer, start: number, end: number) => void;

export interface Address {
  port: number;
  path: string;
  subprotocol: string | undefined;
  token: string | undefined;
  /** The number of this connection. */
  index: number;
}

/** All sockets read into the same memory: nothing is allocated for what is only counted. */
const memory = Buffer.allocUnsafeSlow(256 * 1_024);
/** Connections from one source address; a destination has only some 28,000 ports to be reached from. */
const PER_SOURCE = 10_000;
const CLOSE = 8;
const PING = 9;

/** A WebSocket client that costs next to nothing: it never unmasks, never decodes and never copies what arrives whole. */
export class Peer {
  readonly #socket: Socket;
  readonly #address: Address;
  #open = false;
  #rest: Buffer | undefined;
  /** The latest time stamp that came. */
  latest = 0;
  opened: () => void = () => {};
  hear: Hear = () => {};
  closed: (reason: string) => void = () => {};

  constructor(address: Address) {
    this.#address = address;
    const callback = (length: number) => {
      this.#read(length);
      return true;
    };
    const localAddress = `127.0.0.${1 + Math.floor(address.index / PER_SOURCE)}`;
    const source = address.index < PER_SOURCE ? {} : { localAddress };
    this.#socket = connect({ port: address.port, host: "127.0.0.1", ...source, onread: { buffer: memory, callback } });
    this.#socket.setNoDelay(true);
    this.#socket.once("connect", () => this.#socket.write(upgradeRequest(address)));
    this.#socket.on("error", (error) => this.closed(error.message));
    this.#socket.on("close", () => this.closed("The server closed the connection."));
  }

  say(text: string): void {
    this.#socket.write(textFrame(text));
  }

  /** What is said until `release` leaves in one write. */
  gather(): void {
    this.#socket.cork();
  }

  release(): void {
    this.#socket.uncork();
  }

  #read(length: number): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, memory.subarray(0, length)]) : memory;
    const total = length + (this.#rest?.length ?? 0);
    const taken = this.#open
      ? readFrames(bytes, total, (opcode, start, end) => this.#frame(opcode, bytes, start, end))
      : this.#upgrade(bytes.toString("latin1", 0, total));
    this.#rest = taken === total ? undefined : Buffer.from(bytes.subarray(taken, total));
  }

  #frame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === PING) this.#socket.write(pongFrame(bytes.subarray(start, end)));
    else if (opcode === CLOSE) this.#socket.end();
    else this.hear(this, bytes, start, end);
  }

  #upgrade(answer: string): number {
    const end = answer.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    if (!answer.startsWith("HTTP/1.1 101")) {
      this.closed(`Connection ${this.#address.index} was answered: ${answer}`);
      return answer.length;
    }
    this.#open = true;
    this.opened();
    // Whoever speaks first may have spoken already.
    if (answer.length > end + 4) {
      const early = Buffer.from(answer.slice(end + 4), "latin1");
      const taken = readFrames(early, early.length, (opcode, from, to) => this.#frame(opcode, early, from, to));
      return end + 4 + taken;
    }
    return answer.length;
  }
}

function upgradeRequest({ path, port, subprotocol, token }: Address): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...(subprotocol ? [`Sec-WebSocket-Protocol: ${subprotocol}`] : []),
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    "\r\n",
  ].join("\r\n");
}
