import type { Encoded } from "#server/stomp/frame.ts";
import type { Counts } from "./counts.ts";

/** Keys that may wait for room. */
const MOST = 256;

/** Ephemeral frames that wait for room on one wire: the newest of each key. */
export class Ephemerals {
  readonly #counts: Counts;
  readonly #byKey = new Map<string, Encoded>();

  constructor(counts: Counts) {
    this.#counts = counts;
  }

  /** What waits under this key is not wanted any more: there is something newer. */
  replaced(key: string): void {
    if (this.#byKey.delete(key)) this.#counts.dropped += 1;
  }

  keep(key: string, frame: Encoded): void {
    if (this.#byKey.size < MOST) this.#byKey.set(key, frame);
    else this.#counts.dropped += 1;
  }

  /** Leaves out what waits under keys of this beginning. */
  forget(keys: string): void {
    for (const key of this.#byKey.keys()) if (key.startsWith(keys)) this.#byKey.delete(key);
  }

  /** Whether any waits. */
  get waits(): boolean {
    return this.#byKey.size > 0;
  }

  /** Takes out the one that has waited longest. */
  next(): Encoded {
    const [[key, frame]] = this.#byKey as unknown as [[string, Encoded]];
    this.#byKey.delete(key);
    return frame;
  }
}
