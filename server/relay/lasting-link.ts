import { setTimeout as pause } from "node:timers/promises";
import { type BackOff, backOff } from "./back-off.ts";
import type { Engine, Link } from "./engine.ts";

export interface LastingEvents {
  arrived(parcel: Uint8Array): void;
  /** A link is there and not told to be up yet: what has to be bound is bound now. When it rejects, the link counts as lost. */
  prepare(link: Link): Promise<void>;
  up(): void;
  /** Told after each attempt that failed and each link that was lost. */
  down(reason: unknown): void;
}

/** Milliseconds that a link has to live for the next failure to count as the first again: an engine that takes and drops us is no better than one that is away. */
const STEADY = 10_000;

/** Keeps one link to an engine: connects, and connects again with back-off, until it is closed. */
export class LastingLink {
  readonly #engine: Engine;
  readonly #events: LastingEvents;
  readonly #retry: BackOff & { random(): number };
  readonly #closing = new AbortController();
  #live: Link | undefined;
  #isStalled = false;

  constructor(engine: Engine, events: LastingEvents, retry: BackOff & { random(): number }) {
    this.#engine = engine;
    this.#events = events;
    this.#retry = retry;
    void this.#keep();
  }

  /** Undefined while there is none, while it is prepared, and while its engine takes nothing. */
  get link(): Link | undefined {
    return this.#isStalled ? undefined : this.#live;
  }

  /** A link lives, and its engine takes nothing. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** Returns the link, if there is one, and forgets it: whoever closes ends it. */
  close(): Link | undefined {
    const link = this.#live;
    this.#live = undefined;
    this.#closing.abort();
    return link;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; failures += 1) {
      const began = performance.now();
      const reason = await this.#once(signal);
      if (signal.aborted) return;
      if (performance.now() - began > STEADY) failures = 0;
      this.#events.down(reason);
      const wait = backOff(failures, this.#retry, this.#retry.random);
      await pause(wait, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** One link from its beginning to its end; resolves with why it ended. */
  async #once(signal: AbortSignal): Promise<unknown> {
    const { promise: lost, resolve: lose } = Promise.withResolvers<unknown>();
    signal.addEventListener("abort", lose, { once: true });
    let link: Link | undefined;
    const stalled = (reason: string | undefined) => {
      this.#isStalled = reason !== undefined;
      if (reason !== undefined) this.#events.down(reason);
      else if (this.#live) this.#events.up();
    };
    try {
      const events = { arrived: (parcel: Uint8Array) => this.#events.arrived(parcel), lost: lose, stalled };
      link = await this.#engine.connect(events, signal);
      if (signal.aborted) return link.destroy();
      await Promise.race([this.#events.prepare(link), lost.then(rise)]);
      this.#live = link;
      // Otherwise it is up when its engine takes something again.
      if (!this.#isStalled) this.#events.up();
      return await lost;
    } catch (error) {
      link?.destroy();
      return error;
    } finally {
      this.#live = undefined;
      this.#isStalled = false;
      signal.removeEventListener("abort", lose);
    }
  }
}

function rise(error: unknown): never {
  throw error;
}
