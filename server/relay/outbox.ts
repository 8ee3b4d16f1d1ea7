import type { Hint, Parcel } from "./parcel.ts";
import { pack } from "./parcel.ts";
import { shardOf } from "./shards.ts";

/** What one turn of the event loop publishes, by shard: it leaves as one parcel of each. */
export class Outbox {
  readonly #node: string;
  #shards = new Map<number, Hint[]>();
  #hints = 0;
  #bytes = 0;

  constructor(node: string) {
    this.#node = node;
  }

  get hints(): number {
    return this.#hints;
  }

  /** Of memory, about. */
  get bytes(): number {
    return this.#bytes;
  }

  add(key: string, hint: string): void {
    const shard = shardOf(key);
    const hints = this.#shards.get(shard);
    if (hints) hints.push({ key, hint });
    else this.#shards.set(shard, [{ key, hint }]);
    this.#hints += 1;
    this.#bytes += 2 * (key.length + hint.length);
  }

  /** Takes everything out. */
  take(): Parcel[] {
    const shards = this.#shards;
    this.#shards = new Map();
    this.#hints = 0;
    this.#bytes = 0;
    return [...shards].flatMap(([shard, hints]) => pack(this.#node, shard, hints));
  }
}
