import type { Item } from "./queue.ts";

/**
 * What waits in a queue, in the order of its places. What comes back was taken before anything that has never been taken, so it stands in front of it: in a
 * heap of its own, because a hundred thousand may come back one by one and in any order.
 */
export class Waiting {
  /** A binary heap: the lowest place first, and those at 2n + 1 and 2n + 2 behind the one at n. */
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

  giveBack(item: Item): void {
    const heap = this.#returned;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (placeOf(heap, above) <= item.place) break;
      heap[at] = heap[above] as Item;
      at = above;
    }
    heap[at] = item;
  }

  take(): Item | undefined {
    return this.#takeReturned() ?? this.#takeFresh();
  }

  #takeReturned(): Item | undefined {
    const heap = this.#returned;
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const next = placeOf(heap, left + 1) < placeOf(heap, left) ? left + 1 : left;
      if (placeOf(heap, next) >= last.place) break;
      heap[at] = heap[next] as Item;
      at = next;
    }
    heap[at] = last;
    return first;
  }

  #takeFresh(): Item | undefined {
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

function placeOf(heap: readonly Item[], at: number): number {
  return heap[at]?.place ?? Number.POSITIVE_INFINITY;
}
