import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Encoded } from "#server/stomp/frame.ts";
import { SocketTransport } from "./socket-transport.ts";
import type { Transport, Watcher } from "./transport.ts";

/** Bytes waiting for the socket above which a ping is not answered: who pings faster than it reads would otherwise fill our memory. */
const PONG_HIGH_WATER = 64 * 1024;

/**
 * A WebSocket. What arrives comes through ws; what goes out is written to its socket as frames made here, once for all who get the same (RFC 6455, 5.2:
 * a server's frames are not masked). That is allowed while no extension is agreed on, because then ws too writes each of its frames in one piece.
 */
export class WebSocketTransport extends SocketTransport implements Transport {
  readonly kind = "websocket";
  readonly #ws: WebSocket;

  constructor(ws: WebSocket, socket: Socket) {
    if (ws.extensions !== "") throw new Error("Frames are written past ws, so it may not have agreed on an extension.");
    super(socket);
    this.#ws = ws;
    ws.on("ping", (data) => {
      if (socket.writableLength < PONG_HIGH_WATER) ws.pong(data);
    });
  }

  get paused(): boolean {
    return this.#ws.isPaused;
  }

  get answersPings(): boolean {
    return true;
  }

  envelope(frame: Encoded): Buffer {
    frame.enveloped ??= webSocketFrame(frame);
    return frame.enveloped;
  }

  write(bytes: Buffer): void {
    // Behind a close frame nothing may follow (RFC 6455, 5.5.1), and ws answers the peer's by itself.
    if (this.#ws.readyState === this.#ws.OPEN) this.socket.write(bytes);
  }

  ping(): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping();
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    if (this.#ws.isPaused) this.#ws.resume();
  }

  close(code: number): void {
    this.#ws.close(code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  watch(watcher: Watcher): void {
    this.socket.on("drain", () => watcher.drained());
    this.#ws.on("close", () => watcher.closed());
  }
}

const FINAL_TEXT = 0x81;
const FINAL_BINARY = 0x82;
/** Lengths from here on follow in two octets, and those beyond two octets in eight. */
const TWO_OCTETS = 126;
const EIGHT_OCTETS = 127;

function webSocketFrame({ bytes, text }: Encoded): Buffer {
  const { length } = bytes;
  const extended = length < TWO_OCTETS ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extended + length);
  frame[0] = text ? FINAL_TEXT : FINAL_BINARY;
  if (extended === 0) frame[1] = length;
  else if (extended === 2) {
    frame[1] = TWO_OCTETS;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = EIGHT_OCTETS;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.copy(frame, 2 + extended);
  return frame;
}
