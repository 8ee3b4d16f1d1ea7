import { isRefusalCode } from "#lib/chat/refusal.ts";
import type { Catalog } from "#lib/i18n/en.ts";

/**
 * What `?error=` of the sign-in page says in words: our own outcomes (server/auth/options.ts), refusals, and those of next-auth that one can
 * do something about. It stands in an address that anybody can write, so it only chooses among sentences.
 */
export function wordSignInError({ auth, refusals }: Catalog, error: string): string {
  const { outcomes, providerFailed } = auth.signIn;
  if (Object.hasOwn(OUTCOMES, error)) return outcomes[OUTCOMES[error as keyof typeof OUTCOMES]];
  if (error !== "unauthenticated" && isRefusalCode(error)) return refusals[error];
  return providerFailed;
}

const OUTCOMES = {
  "invite-needed": "inviteNeeded",
  "email-unverified": "emailUnverified",
  suspended: "suspended",
  // What a provider answers to "cancel" comes as one of these, and so does a sign-in that was begun in another browser.
  OAuthCallback: "cancelled",
  AccessDenied: "cancelled",
  OAuthSignin: "unreachable",
  Configuration: "unreachable",
  SessionRequired: "ended",
} as const;
