import { hash, verify } from "@node-rs/argon2";
import { Refusal } from "#lib/chat/refusal.ts";
import { atMost } from "./at-most.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

/** argon2id as OWASP recommends it (promises.md): 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
// Each takes a core for some 30 ms and 19 MiB.
const AT_ONCE = 2;
const WAITING = 64;

export interface Passwords {
  /** Refuses the most common ones: `malformed` with the field's name. */
  hash(password: string, field?: string): Promise<string>;
  /** Takes the same time whether there is something to compare with or not (A30). */
  verify(stored: string | null | undefined, password: string): Promise<boolean>;
}

/** Hashes a few at a time: a flood of sign-ins must not take the cores away from the chat. `busy` when too many wait. */
export function createPasswords(cost = COST): Passwords {
  const limited = atMost(AT_ONCE, WAITING);
  let decoy: Promise<string> | undefined;
  return {
    async hash(password, field = "password") {
      const isCommon = COMMON_PASSWORDS.has(password.toLowerCase());
      if (isCommon || new Set(password).size < 3) throw new Refusal("malformed", { field });
      return await limited(() => hash(password, cost));
    },
    async verify(stored, password) {
      decoy ??= hash("nobody's password", cost);
      const against = stored ?? (await decoy);
      const matches = await limited(() => verify(against, password));
      return matches && typeof stored === "string";
    },
  };
}
