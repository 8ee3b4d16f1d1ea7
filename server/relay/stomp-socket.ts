import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Frame } from "#server/stomp/frame.ts";
import { Parser } from "#server/stomp/parser.ts";
import { encodeFrame, HEART_BEAT } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";
import type { Address, Tls } from "./broker-url.ts";

/** What a broker may send us. Much wider than a parcel, because other brokers add headers of their own. */
const LIMITS = { maxFrameBytes: 4 * 1024 * 1024, maxHeaders: 200, maxHeaderBytes: 64 * 1024 };

export interface StompSocketEvents {
  ready(): void;
  frame(frame: Frame): void;
  /** Once, for whatever reason. */
  gone(error: Error): void;
}

/** A client's end of a STOMP connection: frames in, frames out, signs of life in both directions. */
export class StompSocket {
  readonly #socket: Socket;
  readonly #events: StompSocketEvents;
  readonly #parser = new Parser(LIMITS);
  #version: Version = "1.2";
  #timers: NodeJS.Timeout[] = [];
  #hasBegun = false;
  #hasWritten = false;
  #lastRead = performance.now();
  #isGone = false;

  constructor(address: Address, tls: Tls | undefined, events: StompSocketEvents) {
    this.#events = events;
    this.#socket = tls ? connectTls({ ...address, ...tls }) : connectTcp(address);
    this.#socket.setNoDelay(true);
    this.#socket.once(tls ? "secureConnect" : "connect", () => events.ready());
    this.#socket.on("data", (bytes: Buffer) => this.#read(bytes));
    this.#socket.on("error", (error) => this.#end(error));
    this.#socket.on("close", () => this.#end(new Error("the connection was closed")));
  }

  /** Bytes that have not left this process. */
  get waiting(): number {
    return this.#socket.writableLength;
  }

  send(command: string, headers: Readonly<Record<string, string>>, body?: Uint8Array): void {
    this.#hasWritten = true;
    this.#socket.write(encodeFrame(this.#version, command, headers, body).bytes);
  }

  /** What is sent meanwhile leaves together. */
  together(send: () => void): void {
    this.#socket.cork();
    send();
    this.#socket.uncork();
  }

  /** From CONNECTED on: in which version frames read, and how often there are signs of life in each direction (ms, 0: never). */
  begin(version: Version, heartBeat: { send: number; receive: number }): void {
    this.#version = version;
    this.#parser.version = version;
    this.#hasBegun = true;
    const { send, receive } = heartBeat;
    // Half of what was promised, because a timer is late and so is the network.
    if (send > 0) this.#every(send / 2, () => this.#beat());
    if (receive > 0) this.#every(receive / 2, () => this.#listen(2 * receive));
    else this.#socket.setKeepAlive(true, 10_000);
  }

  /** Lets out what was sent, and says goodbye to the network. */
  end(): void {
    this.#socket.end();
  }

  /** Ends at once; `gone` is not told. */
  destroy(): void {
    this.#isGone = true;
    this.#stop();
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    this.#lastRead = performance.now();
    this.#parser.push(bytes);
    try {
      for (let frame = this.#next(); frame; frame = this.#next()) this.#events.frame(frame);
    } catch (error) {
      this.#end(error as Error);
    }
    this.#acknowledge();
  }

  /**
   * Brokers gather small frames until the network has acknowledged the one before (Nagle's algorithm), which a system that says nothing back puts
   * off for up to 40 ms. A sign of life takes the acknowledgement along at once.
   */
  #acknowledge(): void {
    if (this.#hasBegun && !this.#isGone) this.#socket.write(HEART_BEAT.bytes);
  }

  #next(): Frame | undefined {
    return this.#isGone ? undefined : this.#parser.next();
  }

  #beat(): void {
    if (!this.#hasWritten) this.#socket.write(HEART_BEAT.bytes);
    this.#hasWritten = false;
  }

  #listen(most: number): void {
    const silent = performance.now() - this.#lastRead;
    if (silent > most) this.#end(new Error(`no sign of life for ${Math.round(silent)} ms`));
  }

  #every(ms: number, task: () => void): void {
    this.#timers.push(setInterval(task, ms).unref());
  }

  #end(error: Error): void {
    if (this.#isGone) return;
    this.destroy();
    this.#events.gone(error);
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }
}
