import { expect, test } from "vitest";
import { wordSignInError } from "#components/auth/word-sign-in-error.ts";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";

test.each([
  ["invite-needed", "inviteNeeded"],
  ["email-unverified", "emailUnverified"],
  ["suspended", "suspended"],
  ["OAuthCallback", "cancelled"],
  ["AccessDenied", "cancelled"],
  ["OAuthSignin", "unreachable"],
  ["Configuration", "unreachable"],
  ["SessionRequired", "ended"],
] as const)("준 comes back with %s and reads what he can do about it, in his language", (error, outcome) => {
  for (const catalog of [ko, en]) {
    expect(wordSignInError(catalog, error)).toBe(catalog.auth.signIn.outcomes[outcome]);
  }
});

test("준 comes back with a refusal and reads its own sentence", () => {
  expect(wordSignInError(ko, "rate-limited")).toBe(ko.refusals["rate-limited"]);
});

test.each(["unauthenticated", "Callback", "", "<b>도움말</b>", "toString", "__proto__"])(
  "준 comes back with %j, of which nothing stands on the page",
  (error) => {
    expect(wordSignInError(ko, error)).toBe(ko.auth.signIn.providerFailed);
  },
);
