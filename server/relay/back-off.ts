export interface BackOff {
  /** Milliseconds that the first retry waits at most. */
  readonly first: number;
  /** Milliseconds that any retry waits at most. */
  readonly most: number;
}

/**
 * Milliseconds to wait after so many failures in a row (0 for the first): anything up to a bound that doubles. Full jitter, so that nodes that lost
 * the same engine at the same moment do not return to it at the same moment.
 */
export function backOff(failures: number, { first, most }: BackOff, random: () => number): number {
  return random() * Math.min(most, first * 2 ** Math.min(failures, 30));
}
