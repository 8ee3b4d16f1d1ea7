import type { Dialect } from "./dialects.ts";
import { Histogram } from "./histogram.ts";
import type { Peer } from "./peer.ts";
import type { TwoPlaces } from "./two-places.ts";

/** Not `@@`, which RabbitMQ has in its message ids. */
const MARK = Buffer.from("~~");
const TILDE = 0x7e;
const ZERO = 0x30;
const DIGITS = 15;

/** Microseconds since the process began. */
export const clock = () => Math.round(performance.now() * 1_000);

let lastStamp = 0;

/** What a message carries to be recognised by: when it was sent, and no two at once. */
export function stamp(): string {
  lastStamp = Math.max(clock(), lastStamp + 1);
  return `~~${`${lastStamp}`.padStart(DIGITS, "0")}`;
}

/** Counts what arrives, by the time stamp in it and nothing else. */
export class Tally {
  readonly latencies = new Histogram();
  readonly #dialect: Dialect;
  delivered = 0;
  disordered = 0;
  closed = 0;
  refused: string | undefined;
  /** Where messages are heard on two nodes. */
  apart: TwoPlaces | undefined;
  /** When the last message came. */
  lastAt = 0;
  /** Something came in this turn of the event loop. */
  stirred = false;
  /** Where a stamp began the last time, counted from the end of the message. */
  #fromEnd = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  watch(peer: Peer): void {
    peer.hear = this.#hear;
    peer.closed = () => {
      this.closed += 1;
      peer.closed = () => {};
    };
  }

  begin(): void {
    this.latencies.clear();
    this.apart?.clear();
    this.delivered = 0;
    this.disordered = 0;
  }

  #hear = (peer: Peer, bytes: Buffer, start: number, end: number) => {
    this.stirred = true;
    const at = this.#find(bytes, start, end);
    if (at < 0) {
      this.#answer(peer, bytes.toString("utf8", start, end));
      return;
    }
    const sent = numberAt(bytes, at + MARK.length);
    const now = clock();
    this.latencies.add(now - sent);
    this.apart?.heard(peer, sent, now);
    this.delivered += 1;
    this.lastAt = now;
    if (sent < peer.latest) this.disordered += 1;
    peer.latest = sent;
  };

  #find(bytes: Buffer, start: number, end: number): number {
    const usual = end - this.#fromEnd;
    if (usual >= start && bytes[usual] === TILDE && bytes[usual + 1] === TILDE) return usual;
    const at = bytes.indexOf(MARK, start);
    if (at < 0 || at + MARK.length + DIGITS > end) return -1;
    this.#fromEnd = end - at;
    return at;
  }

  #answer(peer: Peer, text: string): void {
    const step = this.#dialect.step(text);
    if (step === "pinged") peer.say(this.#dialect.pong);
    if (step === "refused") this.refused ??= text;
  }
}

function numberAt(bytes: Buffer, start: number): number {
  let number = 0;
  for (let at = start; at < start + DIGITS; at++) number = number * 10 + (bytes[at] as number) - ZERO;
  return number;
}
