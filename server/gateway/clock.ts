/** Both in milliseconds. `now` is the wall clock, which may jump; `monotonic` never does. */
export interface Clock {
  now(): number;
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
