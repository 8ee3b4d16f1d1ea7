import type { Item } from "./queue.ts";

/** What one subscription was handed and has not acknowledged yet, in the order in which it was handed over. */
export class Unacknowledged {
  /** By message-id. A topic's message is nobody else's when it comes back, so only its id is kept. */
  readonly #items = new Map<string, Item | undefined>();
  /** The same ids in their order, where one acknowledgement counts for all before it. */
  readonly #ids: string[] | undefined;

  constructor({ cumulative }: { cumulative: boolean }) {
    if (cumulative) this.#ids = [];
  }

  get size(): number {
    return this.#items.size;
  }

  has(messageId: string): boolean {
    return this.#items.has(messageId);
  }

  add(messageId: string, item: Item | undefined): void {
    this.#items.set(messageId, item);
    this.#ids?.push(messageId);
  }

  /** Takes out one message, or (cumulative) everything up to it, if it is here at all; of those that come from a queue, the items. */
  take(messageId: string): Item[] {
    if (!this.#items.has(messageId)) return [];
    const ids = this.#ids?.splice(0, this.#ids.indexOf(messageId) + 1) ?? [messageId];
    const items = ids.map((id) => this.#items.get(id));
    for (const id of ids) this.#items.delete(id);
    return items.filter((item) => item !== undefined);
  }

  takeAll(): Item[] {
    const items = [...this.#items.values()].filter((item) => item !== undefined);
    this.#items.clear();
    this.#ids?.splice(0);
    return items;
  }
}
