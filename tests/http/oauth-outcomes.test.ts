import type { Account, Profile } from "next-auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CONSOLE } from "#lib/chat/actor.ts";
import { cookieNames } from "#server/auth/cookies.ts";
import { authOptions } from "#server/auth/options.ts";
import { type OpenPlace, openPlace } from "#tests/chat/open-place.ts";

let place: OpenPlace;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

test("준 signs in with Google, whose verified address is that of his account", async () => {
  await place.person("jun");
  expect(await signIn({ email: "jun@example.com", email_verified: true })).toBe(true);
});

test("준 has no account here yet: the sign-in page says that an invite is needed", async () => {
  expect(await signIn({ email: "stranger@example.com", email_verified: true })).toBe("/sign-in?error=invite-needed");
});

test("준's address was never verified: the sign-in page says so, whether or not somebody has an account with it", async () => {
  for (const email of ["mina@example.com", "stranger@example.com"]) {
    expect(await signIn({ email, email_verified: false })).toBe("/sign-in?error=email-unverified");
  }
});

test("준 is suspended: the sign-in page says so, and he is not in", async () => {
  const jun = await place.person("away");
  await place.chat.people.changeOther(CONSOLE, jun.user, { suspended: true });
  expect(await signIn({ email: "away@example.com", email_verified: true })).toBe("/sign-in?error=suspended");
});

async function signIn(profile: object) {
  const quiet = { error() {}, debug() {} };
  const options = authOptions(
    {
      chat: place.chat,
      secret: "a secret of 32 bytes or some more",
      cookies: cookieNames("http://localhost"),
      providers: [],
      ownOrigins: () => ["http://localhost"],
      log: quiet,
    },
    new Headers(),
  );
  const account = { type: "oauth", provider: "google", providerAccountId: "1" } as Account;
  return await options.callbacks?.signIn?.({ user: { id: "1" }, account, profile: profile as Profile });
}
