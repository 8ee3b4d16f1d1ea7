import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Encoded } from "#server/stomp/frame.ts";
import { HEART_BEAT } from "#server/stomp/serializer.ts";
import type { Timer, TimerWheel } from "#server/stomp/timer-wheel.ts";
import type { GatewayLimits } from "./gateway.ts";

type WireLimits = Pick<GatewayLimits, "ephemeralHighWater" | "closeHighWater" | "stallTimeout">;

const TEXT = { binary: false };
const BINARY = { binary: true };
/** Bytes waiting for the socket above which a ping is not answered: who pings faster than it reads would otherwise fill our memory. */
const PONG_HIGH_WATER = 64 * 1024;
/** Ephemeral keys that may wait for room. */
const WAITING_KEYS = 256;
/** Milliseconds for the peer to answer a close frame. */
const CLOSE_TIMEOUT = 5_000;

/**
 * The outgoing half of a WebSocket, and the only place that writes to it. The socket is given no more than it takes at once; the rest waits here, where
 * it can be measured, and where ephemeral frames can still be replaced or left out.
 */
export class Wire {
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #limits: WireLimits;
  readonly #wheel: TimerWheel;
  #queue: Encoded[] = [];
  #queueBytes = 0;
  /** Resolves when the connection is closed on both sides. */
  readonly gone: Promise<void>;
  readonly #ephemeral = new Map<string, Encoded>();
  #roomWanted: (() => void)[] = [];
  #corked = false;
  #closing: number | undefined;
  #stall: Timer | undefined;
  /** Something went out since `quiet` was asked last. */
  #wrote = false;

  constructor(ws: WebSocket, socket: Socket, limits: WireLimits, wheel: TimerWheel) {
    this.#ws = ws;
    this.#socket = socket;
    this.#limits = limits;
    this.#wheel = wheel;
    socket.on("drain", () => this.#pump());
    ws.on("ping", (data) => {
      if (socket.writableLength < PONG_HIGH_WATER) ws.pong(data);
    });
    this.gone = new Promise((resolve) => {
      ws.on("close", () => {
        this.#cleanUp();
        resolve();
      });
    });
  }

  /** Bytes that the peer has not taken yet, as far as we know. */
  get buffered(): number {
    return this.#queueBytes + this.#socket.writableLength;
  }

  /** Bytes that ever arrived, of unfinished frames and pongs too. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  get paused(): boolean {
    return this.#ws.isPaused;
  }

  /** Sends a frame, after those before it. When the peer takes too little for that, the connection is cut. */
  write(frame: Encoded): void {
    if (this.#closing !== undefined) return;
    this.#wrote = true;
    if (this.#queue.length === 0 && this.#hasRoom()) this.#send(frame);
    else {
      this.#queue.push(frame);
      this.#queueBytes += frame.bytes.length;
      if (this.buffered > this.#limits.closeHighWater) this.terminate();
    }
  }

  /** Sends a frame that may be lost: while too much waits, only the newest of each key is kept, and nothing that has none. */
  writeEphemeral(frame: Encoded, key: string | undefined): void {
    if (key !== undefined) this.#ephemeral.delete(key);
    if (this.buffered <= this.#limits.ephemeralHighWater) this.write(frame);
    else if (key !== undefined && this.#ephemeral.size < WAITING_KEYS) this.#ephemeral.set(key, frame);
  }

  /** Leaves out the ephemeral frames that wait under keys of this beginning. */
  forget(keys: string): void {
    for (const key of this.#ephemeral.keys()) if (key.startsWith(keys)) this.#ephemeral.delete(key);
  }

  /** True when a long series of frames should wait for `room`. */
  get crowded(): boolean {
    return this.#closing === undefined && this.buffered > this.#limits.ephemeralHighWater;
  }

  /** Resolves when there is room again, or the connection is gone. */
  room(): Promise<void> {
    return this.crowded ? new Promise((resolve) => this.#roomWanted.push(resolve)) : Promise.resolve();
  }

  heartBeat(): void {
    this.write(HEART_BEAT);
  }

  ping(): void {
    if (this.#ws.readyState === this.#ws.OPEN && !this.crowded) this.#ws.ping();
  }

  /** Whether nothing was written since it was asked last. */
  quiet(): boolean {
    const quiet = !this.#wrote;
    this.#wrote = false;
    return quiet;
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    if (this.#ws.isPaused) this.#ws.resume();
  }

  /** Closes when everything written so far has gone out. Nothing can be written any more. */
  close(code: number): void {
    if (this.#closing !== undefined) return;
    this.#closing = code;
    this.#ephemeral.clear();
    this.resume();
    this.#wheel.after(CLOSE_TIMEOUT, () => this.terminate());
    if (this.#queue.length === 0) this.#ws.close(code);
  }

  /** Cuts the connection. */
  terminate(): void {
    this.#closing ??= 1006;
    this.#ws.terminate();
  }

  #send(frame: Encoded): void {
    // Whatever is written in this turn of the event loop leaves in one system call.
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => this.#uncork());
    }
    this.#ws.send(frame.bytes, frame.text ? TEXT : BINARY);
  }

  /** Whether the socket may be given more. A burst of one turn is tried on the system first: only what that does not take is a backlog. */
  #hasRoom(): boolean {
    const { writableHighWaterMark } = this.#socket;
    if (this.#socket.writableLength >= writableHighWaterMark) this.#uncork();
    return this.#socket.writableLength < writableHighWaterMark;
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
    if (this.#socket.writableLength > 0) this.#stall ??= this.#watch(this.#progress());
  }

  #pump(): void {
    let sent = 0;
    for (; sent < this.#queue.length && this.#hasRoom(); sent++) {
      const frame = this.#queue[sent] as Encoded;
      this.#queueBytes -= frame.bytes.length;
      this.#send(frame);
    }
    this.#queue.splice(0, sent);
    for (const [key, frame] of this.#ephemeral) {
      if (this.buffered > this.#limits.ephemeralHighWater) break;
      this.#ephemeral.delete(key);
      this.write(frame);
    }
    if (!this.crowded) for (const resolve of this.#roomWanted.splice(0)) resolve();
    if (this.#closing !== undefined && this.#queue.length === 0) this.#ws.close(this.#closing);
  }

  /** Looks four times within the stall timeout whether the peer has taken anything. */
  #watch(progress: number, idle = 0): Timer {
    return this.#wheel.after(this.#limits.stallTimeout / 4, () => {
      this.#stall = undefined;
      if (this.buffered === 0) return;
      const now = this.#progress();
      if (now === progress && idle >= 3) this.terminate();
      else this.#stall = this.#watch(now, now === progress ? idle + 1 : 0);
    });
  }

  /** Bytes that the system has taken from us. */
  #progress(): number {
    return this.#socket.bytesWritten - this.#socket.writableLength;
  }

  #cleanUp(): void {
    this.#closing ??= 1006;
    this.#stall?.cancel();
    this.#queue = [];
    this.#queueBytes = 0;
    this.#ephemeral.clear();
    for (const resolve of this.#roomWanted.splice(0)) resolve();
  }
}
