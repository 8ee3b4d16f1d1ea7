import type { Frame } from "#server/stomp/frame.ts";
import { Parser, type ParserLimits } from "#server/stomp/parser.ts";
import type { Version } from "#server/stomp/version.ts";
import type { Counts } from "./counts.ts";

/** Whose frames they are. */
interface Taker {
  readonly over: boolean;
  readonly wire: { pause(): void; resume(): void };
  /** Takes a frame in work; returns what to wait for before the next one, if anything. */
  take(frame: Frame): Promise<void> | undefined;
  /** What arrived is no frame, or taking one failed in a way nobody expected. */
  broke(error: unknown): Promise<void>;
}

/** The incoming half of a session: bytes as they arrive become frames, which are taken one after the other. */
export class Intake {
  readonly #taker: Taker;
  readonly #counts: Counts;
  readonly #parser: Parser;
  #running: Promise<void> | undefined;
  #busy = false;
  #draining = false;

  constructor(taker: Taker, counts: Counts, limits: ParserLimits) {
    this.#taker = taker;
    this.#counts = counts;
    this.#parser = new Parser(limits);
  }

  /** While a frame is in work the bytes wait, and when too many wait, reading pauses. */
  receive(chunk: Uint8Array): void {
    this.#counts.bytesIn += chunk.length;
    if (this.#taker.over || this.#draining) return;
    this.#parser.push(chunk);
    if (!this.#busy) this.#run();
    else if (this.#parser.unread > this.#parser.limits.maxFrameBytes) this.#taker.wire.pause();
  }

  /** How every later frame reads. */
  speak(version: Version): void {
    this.#parser.version = version;
  }

  /** What is allowed from the next frame on. */
  allow(limits: ParserLimits): void {
    this.#parser.limits = limits;
  }

  /** Takes no further frame and resolves when the one in work is taken. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#running;
  }

  /** No promise where there is nothing to wait for: most of what arrives is taken at once. */
  #run(): void {
    this.#busy = true;
    let wait: Promise<void> | undefined;
    try {
      wait = this.#takeUntilBusy();
    } catch (error) {
      wait = this.#taker.broke(error);
    }
    if (wait === undefined) this.#rest();
    else this.#running = this.#goOn(wait);
  }

  async #goOn(wait: Promise<void>): Promise<void> {
    try {
      for (let next: Promise<void> | undefined = wait; next; next = this.#takeUntilBusy()) await next;
    } catch (error) {
      await this.#taker.broke(error);
    } finally {
      this.#rest();
    }
  }

  /** Takes frames up to one that has to be waited for. */
  #takeUntilBusy(): Promise<void> | undefined {
    for (let frame = this.#next(); frame; frame = this.#next()) {
      const wait = this.#taker.take(frame);
      if (wait !== undefined) return wait;
    }
    return undefined;
  }

  #rest(): void {
    this.#busy = false;
    this.#taker.wire.resume();
  }

  #next(): Frame | undefined {
    if (this.#taker.over || this.#draining) return undefined;
    const frame = this.#parser.next();
    if (frame) this.#counts.took(frame);
    return frame;
  }
}
