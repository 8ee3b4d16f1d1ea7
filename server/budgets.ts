import type { PersonActor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { visitorOf } from "./auth/visitor.ts";
import { TokenBucket } from "./gateway/token-bucket.ts";

interface Budget {
  /** A second, for long. */
  rate: number;
  burst: number;
}

type What = "reads" | "writes";

/** People and addresses that are remembered; the one heard of longest ago goes first. */
const MOST = 20_000;

/**
 * Counts HTTP requests: of one person, or of one address as long as nobody has signed in. Throws `rate-limited` with the seconds to wait. Without it a
 * loop in somebody's script would make everybody hear of one profile for ever, or read history as fast as the disk can.
 */
export function createBudgets(
  budgets: Record<What, Budget>,
  now: () => number = () => performance.now(),
): (actor: PersonActor | undefined, headers: Headers, what: What) => void {
  const buckets = new Map<string, TokenBucket>();

  function bucketOf(key: string, { rate, burst }: Budget): TokenBucket {
    const bucket = buckets.get(key) ?? new TokenBucket(rate, burst, now());
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (oldest !== undefined && buckets.size > MOST) buckets.delete(oldest);
    return bucket;
  }

  return (actor, headers, what) => {
    const who = actor ? `user ${actor.user}` : `address ${visitorOf(headers).address}`;
    const retryAfter = bucketOf(`${what} ${who}`, budgets[what]).take(now());
    if (retryAfter !== undefined) throw new Refusal("rate-limited", { retryAfter });
  };
}
