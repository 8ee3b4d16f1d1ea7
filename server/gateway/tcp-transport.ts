import type { Socket } from "node:net";
import type { Encoded } from "#server/stomp/frame.ts";
import { SocketTransport } from "./socket-transport.ts";
import type { Transport, Watcher } from "./transport.ts";

/** Milliseconds of silence after which the system asks whether the peer is still there. */
const KEEP_ALIVE = 30_000;

/** STOMP on TCP itself, where frames stand behind each other in one stream. */
export class TcpTransport extends SocketTransport implements Transport {
  readonly kind = "tcp";

  constructor(socket: Socket) {
    super(socket);
    socket.setKeepAlive(true, KEEP_ALIVE);
  }

  get paused(): boolean {
    return this.socket.isPaused();
  }

  /** Who agreed on no heart-beats is asked by the system's own keep-alive. */
  get answersPings(): boolean {
    return false;
  }

  envelope(frame: Encoded): Buffer {
    return frame.bytes;
  }

  write(bytes: Buffer): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  ping(): void {}

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.end();
  }

  terminate(): void {
    this.socket.destroy();
  }

  watch(watcher: Watcher): void {
    this.socket.on("drain", () => watcher.drained());
    this.socket.on("close", () => watcher.closed());
  }
}
