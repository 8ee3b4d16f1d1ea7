import type { Store } from "#server/store/store.ts";
import type { Passwords } from "./passwords.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

/** What every part of the chat works with. */
export interface Context {
  store: Store;
  passwords: Passwords;
  signInLimits: SignInLimits;
  /** Milliseconds since 1970. */
  now(): number;
  newId(): string;
}
