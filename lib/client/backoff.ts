const FIRST = 500;
/** A server that restarts is back within seconds, and nobody wants to wait longer than it took. */
const LONGEST_AT_FIRST = 5_000;
/** After some minutes it is an outage, and a page that is left open should rest. */
const LONGEST = 30_000;
const OUTAGE = 60;

/**
 * Milliseconds until the next try: exponential with full jitter, so that thousands of clients that lost one server do not come back at once. `retryAfter`
 * (seconds, from the server) is never undercut.
 */
export function backoff(attempt: number, random: () => number, retryAfter = 0): number {
  const longest = attempt < OUTAGE ? LONGEST_AT_FIRST : LONGEST;
  return retryAfter * 1_000 + random() * Math.min(longest, FIRST * 2 ** Math.min(attempt, 16));
}
