const FIRST = 500;
const LONGEST = 30_000;

/**
 * Milliseconds until the next try: exponential with full jitter, so that thousands of clients that lost one server do not come back at once. `retryAfter`
 * (seconds, from the server) is never undercut.
 */
export function backoff(attempt: number, random: () => number, retryAfter = 0): number {
  return retryAfter * 1_000 + random() * Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 16));
}
