import type { Hint, Parcel } from "./parcel.ts";
import { pack } from "./parcel.ts";
import { shardOf } from "./shards.ts";

/** What was published and has not left: what one turn of the event loop brought, or a moment's. */
export class Outbox {
  readonly #node: string;
  #hints: Hint[] = [];
  #bytes = 0;

  constructor(node: string) {
    this.#node = node;
  }

  get hints(): number {
    return this.#hints.length;
  }

  /** Of memory, about. */
  get bytes(): number {
    return this.#bytes;
  }

  add(key: string, hint: string): void {
    this.#hints.push({ shard: shardOf(key), key, hint });
    this.#bytes += 2 * (key.length + hint.length);
  }

  /** Takes everything out; `mixed`: hints of several shards share a parcel. */
  take(mixed: boolean): Parcel[] {
    const hints = this.#hints;
    this.#hints = [];
    this.#bytes = 0;
    if (mixed) return pack(this.#node, hints);
    return [...Map.groupBy(hints, ({ shard }) => shard).values()].flatMap((ofShard) => pack(this.#node, ofShard));
  }
}
