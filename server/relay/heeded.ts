import { SHARDS, shardOf } from "./shards.ts";

/** Who is heeded how often, and which shards that needs. A shard lingers after its last key, because people come back to rooms. */
export class Heeded {
  readonly #keys = new Map<string, number>();
  readonly #shards = new Array<number>(SHARDS).fill(0);
  readonly #leaving = new Map<number, NodeJS.Timeout>();
  readonly #linger: number;
  readonly #unneeded: (shard: number) => void;

  /** `unneeded` is told about a shard `linger` ms after its last key was ignored, unless one of its keys is heeded again. */
  constructor(linger: number, unneeded: (shard: number) => void) {
    this.#linger = linger;
    this.#unneeded = unneeded;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** All that hold a heeded key or held one lately. */
  get shards(): number[] {
    const needed = (shard: number) => (this.#shards[shard] as number) > 0 || this.#leaving.has(shard);
    return Array.from(this.#shards.keys()).filter(needed);
  }

  /** Returns the shard of the key. */
  heed(key: string): number {
    const shard = shardOf(key);
    this.#stay(shard);
    const count = this.#keys.get(key) ?? 0;
    this.#keys.set(key, count + 1);
    if (count === 0) this.#shards[shard] = (this.#shards[shard] as number) + 1;
    return shard;
  }

  ignore(key: string): void {
    const count = this.#keys.get(key) ?? 0;
    if (count > 1) this.#keys.set(key, count - 1);
    if (count !== 1) return;
    this.#keys.delete(key);
    const shard = shardOf(key);
    const left = (this.#shards[shard] as number) - 1;
    this.#shards[shard] = left;
    if (left === 0) this.#leave(shard);
  }

  /** Nothing is told any more. */
  close(): void {
    for (const shard of this.#leaving.keys()) this.#stay(shard);
  }

  #leave(shard: number): void {
    const leave = () => {
      this.#leaving.delete(shard);
      this.#unneeded(shard);
    };
    this.#leaving.set(shard, setTimeout(leave, this.#linger).unref());
  }

  #stay(shard: number): void {
    clearTimeout(this.#leaving.get(shard));
    this.#leaving.delete(shard);
  }
}
