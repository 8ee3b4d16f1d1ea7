const STEPS = 64;
const POWERS = 32;

/** Durations in microseconds, kept to 1.6 %: 64 steps for every power of two. */
export class Histogram {
  readonly #counts = new Uint32Array(STEPS * POWERS);
  #total = 0;

  add(micros: number): void {
    this.#counts[bucketOf(micros)] = (this.#counts[bucketOf(micros)] ?? 0) + 1;
    this.#total += 1;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** The duration that this share (0 to 1) of all stayed below, in milliseconds; not a number when there were none. */
  quantile(share: number): number {
    let remaining = share * this.#total;
    for (const [bucket, count] of this.#counts.entries()) {
      remaining -= count;
      if (count > 0 && remaining <= 0) return middleOf(bucket) / 1_000;
    }
    return Number.NaN;
  }
}

function bucketOf(micros: number): number {
  const whole = Math.max(0, Math.min(micros, 2 ** 31)) | 0;
  if (whole < STEPS) return whole;
  const power = 31 - Math.clz32(whole);
  return (power - 5) * STEPS + ((whole >> (power - 6)) & (STEPS - 1));
}

function middleOf(bucket: number): number {
  if (bucket < STEPS) return bucket;
  const power = Math.floor(bucket / STEPS) + 5;
  const step = 2 ** (power - 6);
  return 2 ** power + (bucket % STEPS) * step + step / 2;
}
