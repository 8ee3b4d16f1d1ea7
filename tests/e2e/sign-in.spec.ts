import { expect } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { test } from "#tests/support/people.ts";
import { claim } from "#tests/support/place.ts";

for (const [locale, { auth }] of [
  ["ko-KR", ko],
  ["en-US", en],
] as const) {
  test(`준 comes back from another service without an account here, and reads what he needs (${locale})`, async ({
    server,
    browser,
  }) => {
    await claim(server, "미나", "mina@example.com");
    const context = await browser.newContext({ baseURL: server.origin, locale });
    const page = await context.newPage();
    await page.goto("/sign-in?error=invite-needed");
    await expect(page.getByRole("alert").filter({ hasText: auth.signIn.outcomes.inviteNeeded })).toBeVisible();
    await context.close();
  });
}

test("준, a member, looks for the way to create a room, and reads who does", async ({ jun }) => {
  const { page } = jun.room;
  await page.goto("/rooms");
  await jun.room.live();
  await page.getByRole("button", { name: en.chat.sidebar.browse }).click();
  await expect(page.getByRole("dialog").getByText(en.rooms.browse.onlyAdmins)).toBeVisible();
});
