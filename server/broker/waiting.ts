import type { Item } from "./queue.ts";

/**
 * What waits in a queue, in the order of its places. What comes back was taken before anything that has never been taken, so it stands in front of it, and
 * one that comes back does not move all the others.
 */
export class Waiting {
  /** The next one stands at the end. */
  readonly #returned: Item[] = [];
  #fresh: Item[] = [];
  /** Up to here the fresh ones have been taken; the array is cut now and then. */
  #taken = 0;

  get length(): number {
    return this.#returned.length + this.#fresh.length - this.#taken;
  }

  add(item: Item): void {
    this.#fresh.push(item);
  }

  giveBack(items: readonly Item[]): void {
    const back = items.toSorted(lastFirst);
    const next = this.#returned.at(-1);
    for (const item of back) this.#returned.push(item);
    if (next && back[0] && back[0].place > next.place) this.#returned.sort(lastFirst);
  }

  take(): Item | undefined {
    const returned = this.#returned.pop();
    if (returned) return returned;
    const item = this.#fresh[this.#taken];
    if (!item) return undefined;
    this.#taken += 1;
    if (this.#taken === this.#fresh.length || (this.#taken > 1_000 && this.#taken * 2 > this.#fresh.length))
      this.#cut();
    return item;
  }

  #cut(): void {
    this.#fresh = this.#fresh.slice(this.#taken);
    this.#taken = 0;
  }
}

function lastFirst(one: Item, other: Item): number {
  return other.place - one.place;
}
