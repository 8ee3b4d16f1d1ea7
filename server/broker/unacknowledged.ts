import type { Item } from "./queue.ts";

/** What one subscription was handed and has not acknowledged yet, in the order in which it was handed over. */
export class Unacknowledged {
  /** By message-id. A topic's message is nobody else's when it comes back, so only its id is kept. */
  readonly #items = new Map<string, Item | undefined>();

  get size(): number {
    return this.#items.size;
  }

  has(messageId: string): boolean {
    return this.#items.has(messageId);
  }

  add(messageId: string, item: Item | undefined): void {
    this.#items.set(messageId, item);
  }

  /** Takes out one message, or with `cumulative` everything up to it, if it is here at all; of those that come from a queue, the items. */
  take(messageId: string, cumulative: boolean): Item[] {
    if (!this.#items.has(messageId)) return [];
    const ids = cumulative ? this.#upTo(messageId) : [messageId];
    const items = ids.map((id) => this.#items.get(id));
    for (const id of ids) this.#items.delete(id);
    return items.filter((item) => item !== undefined);
  }

  takeAll(): Item[] {
    const items = [...this.#items.values()].filter((item) => item !== undefined);
    this.#items.clear();
    return items;
  }

  #upTo(messageId: string): string[] {
    const ids: string[] = [];
    for (const id of this.#items.keys()) {
      ids.push(id);
      if (id === messageId) break;
    }
    return ids;
  }
}
