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
      // First, so that whoever goes on trying cannot fill the memory with names of accounts.
      const known = await addresses.get(address);
      if (known && known.remainingPoints <= 0) throw wait(known);
      await consume(pairs, pairOf(address, account));
      await consume(addresses, address);
    },
    async forgive(address, account) {
      await pairs.delete(pairOf(address, account));
      await addresses.reward(address);
    },
  };
}

/** No address of an account is longer. */
const pairOf = (address: string, account: string) => `${address} ${account.slice(0, 254)}`;

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw wait(error);
  }
}

const wait = ({ msBeforeNext }: RateLimiterRes) =>
  new Refusal("rate-limited", { retryAfter: Math.ceil(msBeforeNext / 1_000) });
