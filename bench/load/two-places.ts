import { Histogram } from "./histogram.ts";
import type { Apart, Latency } from "./orders.ts";
import type { Peer } from "./peer.ts";

/** What the same messages need to people on the sender's own node and to those on another one. */
export class TwoPlaces {
  readonly #far: ReadonlySet<Peer>;
  readonly #near = new Histogram();
  readonly #further = new Histogram();
  readonly #added = new Histogram();
  /** When the first heard it who heard it in one place alone so far, by the message's time stamp. */
  readonly #nearAt = new Map<number, number>();
  readonly #farAt = new Map<number, number>();

  constructor(far: ReadonlySet<Peer>) {
    this.#far = far;
  }

  clear(): void {
    for (const histogram of [this.#near, this.#further, this.#added]) histogram.clear();
    this.#nearAt.clear();
    this.#farAt.clear();
  }

  /** Microseconds, both. */
  heard(peer: Peer, sent: number, now: number): void {
    const isFar = this.#far.has(peer);
    (isFar ? this.#further : this.#near).add(now - sent);
    const [here, there] = isFar ? [this.#farAt, this.#nearAt] : [this.#nearAt, this.#farAt];
    if (here.has(sent)) return;
    here.set(sent, now);
    const other = there.get(sent);
    if (other !== undefined) this.#added.add(isFar ? now - other : 0);
  }

  summary(): Apart {
    return { near: latencyOf(this.#near), far: latencyOf(this.#further), added: latencyOf(this.#added) };
  }
}

const latencyOf = (histogram: Histogram): Latency => ({ p50: histogram.quantile(0.5), p99: histogram.quantile(0.99) });
