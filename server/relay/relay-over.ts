import { setTimeout as pause } from "node:timers/promises";
import type { BackOff } from "./back-off.ts";
import { Bindings } from "./bindings.ts";
import type { Engine, EngineTimes } from "./engine.ts";
import { Heeded } from "./heeded.ts";
import { LastingLink } from "./lasting-link.ts";
import { Outbox } from "./outbox.ts";
import { recognise, unpack } from "./parcel.ts";
import { reasonOf } from "./reason.ts";
import type { Relay, RelayCounts, RelayOptions, RelayState } from "./relay.ts";

/** Times in milliseconds. */
export interface RelayTuning extends EngineTimes {
  readonly retry: BackOff;
  /** A shard is unbound so long after its last key was ignored. */
  readonly linger: number;
  /** Neither `heed` nor `close` waits longer for the engine. */
  readonly patience: number;
  /** Bytes of hints that may wait in this process; what comes on top is dropped. */
  readonly mostWaiting: number;
  random(): number;
}

export const USUAL: RelayTuning = {
  heartBeat: 5_000,
  connect: 5_000,
  retry: { first: 200, most: 5_000 },
  linger: 60_000,
  patience: 1_000,
  mostWaiting: 16 * 1024 * 1024,
  random: Math.random,
};

/** The relay over any engine: one link that is kept up, keys in shards, and the hints of one turn of the event loop in one parcel a shard. */
export function openRelayOver(engine: Engine, options: RelayOptions, tuning: RelayTuning): Relay {
  return new RelayOver(engine, options, tuning);
}

class RelayOver implements Relay {
  state: RelayState = "connecting";
  readonly #options: RelayOptions;
  readonly #tuning: RelayTuning;
  readonly #outbox: Outbox;
  readonly #isOwn: (parcel: Uint8Array) => boolean;
  readonly #bindings = new Bindings();
  readonly #heeded: Heeded;
  readonly #lasting: LastingLink;
  readonly #settled = Promise.withResolvers<void>();
  readonly #counts = { published: 0, heard: 0, dropped: 0, reconnects: 0 };
  #cancelFlush: (() => void) | undefined;
  #lastFlush = 0;
  #hasBeenUp = false;
  #isClosed = false;

  constructor(engine: Engine, options: RelayOptions, tuning: RelayTuning) {
    this.#options = options;
    this.#tuning = tuning;
    this.#outbox = new Outbox(options.node);
    this.#isOwn = recognise(options.node);
    this.#heeded = new Heeded(tuning.linger, (shard) => this.#bindings.unbind(shard));
    const events = {
      arrived: (parcel: Uint8Array) => this.#arrived(parcel),
      prepare: (link: Parameters<Bindings["begin"]>[0]) => this.#bindings.begin(link, this.#heeded.shards),
      up: () => this.#up(),
      down: (reason: unknown) => this.#down(reason),
    };
    this.#lasting = new LastingLink(engine, events, { ...tuning.retry, random: tuning.random });
  }

  publish(key: string, hint: string): void {
    const { link } = this.#lasting;
    if (!link || this.#outbox.bytes + link.waiting > this.#tuning.mostWaiting) {
      this.#counts.dropped += 1;
      return;
    }
    this.#outbox.add(key, hint);
    this.#cancelFlush ??= soon(() => this.#flush(), this.#lastFlush + link.pace - performance.now());
  }

  async heed(key: string): Promise<void> {
    const shard = this.#heeded.heed(key);
    const bound = async () => {
      await this.#bindings.bind(shard);
      if (this.state !== "connecting") return;
      await this.#settled.promise;
      await this.#bindings.bind(shard);
    };
    // A link that is lost meanwhile is no link: the key is bound when the next one is.
    await within(this.#tuning.patience, bound()).catch(() => {});
  }

  ignore(key: string): void {
    this.#heeded.ignore(key);
  }

  counts(): RelayCounts {
    return { ...this.#counts };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flush();
    this.#heeded.close();
    this.#bindings.end();
    this.#settled.resolve();
    const link = this.#lasting.close();
    if (!link) return;
    await within(this.#tuning.patience, link.close()).catch(() => {});
    link.destroy();
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#lastFlush = performance.now();
    const { hints } = this.#outbox;
    if (hints === 0) return;
    const { link } = this.#lasting;
    const parcels = this.#outbox.take(link?.mixes ?? false);
    link?.send(parcels);
    const published = link ? parcels.reduce((sum, parcel) => sum + parcel.hints, 0) : 0;
    this.#counts.published += published;
    this.#counts.dropped += hints - published;
  }

  #arrived(parcel: Uint8Array): void {
    const unpacked = this.#isOwn(parcel) ? undefined : unpack(parcel);
    if (!unpacked) return;
    for (const [key, hint] of unpacked.hints) {
      if (this.#isClosed || !this.#heeded.has(key)) continue;
      this.#counts.heard += 1;
      this.#options.heard(key, hint);
    }
  }

  #up(): void {
    if (this.#hasBeenUp) this.#counts.reconnects += 1;
    this.#hasBeenUp = true;
    this.#change("up");
  }

  #down(reason: unknown): void {
    // An engine that is stalled keeps its bindings: its link lives.
    if (!this.#lasting.isStalled) this.#bindings.end();
    this.#change("down", reasonOf(reason, this.#options.url));
  }

  #change(state: RelayState, reason?: string): void {
    const isNews = this.state !== state;
    this.state = state;
    this.#settled.resolve();
    if (isNews && !this.#isClosed) this.#options.changed(state, reason);
  }
}

/** At the end of this turn, or after a wait (ms) where there is one; returns what takes it back. */
function soon(task: () => void, wait: number): () => void {
  if (wait <= 0) {
    const immediate = setImmediate(task);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(task, wait);
  return () => clearTimeout(timer);
}

/** Rejects when the promise does, and resolves with the first of it and the time. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  const enough = new AbortController();
  try {
    await Promise.race([promise, pause(ms, undefined, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
