import type { Link } from "./engine.ts";

/** Which shards are bound on the link that is there, or are being bound. */
export class Bindings {
  #link: Link | undefined;
  #bound = new Map<number, Promise<void>>();

  /** A new link begins with these. */
  async begin(link: Link, shards: readonly number[]): Promise<void> {
    this.#link = link;
    this.#bound = new Map();
    await Promise.all(shards.map((shard) => this.bind(shard)));
  }

  /** The link is gone. */
  end(): void {
    this.#link = undefined;
    this.#bound = new Map();
  }

  /** Resolves when the shard is bound, at once where there is no link. Rejects when the link is lost meanwhile. */
  bind(shard: number): Promise<void> {
    if (!this.#link) return Promise.resolve();
    let bound = this.#bound.get(shard);
    if (!bound) {
      bound = this.#link.bind(shard);
      this.#bound.set(shard, bound);
    }
    return bound;
  }

  unbind(shard: number): void {
    if (this.#bound.delete(shard)) this.#link?.unbind(shard);
  }
}
