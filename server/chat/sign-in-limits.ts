import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "#lib/chat/refusal.ts";

/**
 * Slows down guessing (A31). Tries are counted for each pair of network address and account, so that somebody who guesses locks out only
 * themselves, never the owner; and for each address, so that one password cannot be tried on everybody.
 */
export interface SignInLimits {
  /** Counts a try, before the password is looked at. `rate-limited` when there were too many. */
  take(address: string, account: string): Promise<void>;
  /** It was the right password. */
  forgive(address: string, account: string): Promise<void>;
}

const PAIR = { points: 10, duration: 15 * 60 };
const ADDRESS = { points: 60, duration: 15 * 60 };

export function createSignInLimits({
  pair = PAIR,
  address: network = ADDRESS,
}: {
  pair?: IRateLimiterOptions;
  address?: IRateLimiterOptions;
} = {}): SignInLimits {
  const pairs = new RateLimiterMemory({ ...pair, keyPrefix: "pair" });
  const addresses = new RateLimiterMemory({ ...network, keyPrefix: "address" });
  return {
    async take(address, account) {
      await consume(pairs, `${address} ${account}`);
      await consume(addresses, address);
    },
    async forgive(address, account) {
      await pairs.delete(`${address} ${account}`);
      await addresses.reward(address);
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new Refusal("rate-limited", { retryAfter: Math.ceil(error.msBeforeNext / 1_000) });
  }
}
