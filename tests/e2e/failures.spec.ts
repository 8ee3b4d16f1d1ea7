import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Browser, expect, type Page } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { browserCookies } from "#tests/support/browser-cookies.ts";
import { test } from "#tests/support/people.ts";
import { type Account, claim, lobby } from "#tests/support/place.ts";
import { RoomPage } from "#tests/support/room-page.ts";
import type { TestServer } from "#tests/support/server.ts";

for (const [locale, words, colorScheme] of [
  ["ko-KR", ko, "light"],
  ["en-US", en, "dark"],
] as const) {
  test(`a page of 미나's fails on the server: she is told so, tries again, and is in the room (${locale})`, async ({
    server,
    browser,
  }) => {
    const mina = await claim(server, "미나", "mina@example.com");
    const { id } = await lobby(server, mina);
    const room = new RoomPage(await pageOf(browser, server, mina, { locale, colorScheme }));
    await alter(server, "alter table messages rename to away");
    await room.page.goto(`/rooms/${id}`);
    await expect(room.page.getByRole("heading", { name: words.common.failed.title })).toBeVisible();
    await room.page.screenshot({ path: `tests/e2e/screens/failed-${colorScheme}-${locale.slice(0, 2)}.png` });
    await alter(server, "alter table away rename to messages");
    await room.page.getByRole("button", { name: words.common.failed.retry }).click();
    await room.live();
    await expect(room.messages.first()).toBeVisible();
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`everything fails for 미나, before anybody knows her language: it speaks both, and she can try again (${colorScheme})`, async ({
    server,
    browser,
  }) => {
    const mina = await claim(server, "미나", "mina@example.com");
    const { id } = await lobby(server, mina);
    const room = new RoomPage(await pageOf(browser, server, mina, { locale: "ko-KR", colorScheme }));
    await alter(server, "alter table users rename to away");
    await room.page.goto(`/rooms/${id}`);
    await expect(room.page.getByRole("heading", { name: ko.common.failed.title })).toBeVisible();
    await expect(room.page.getByText(en.common.failed.text)).toBeVisible();
    await room.page.screenshot({ path: `tests/e2e/screens/failed-globally-${colorScheme}.png` });
    await alter(server, "alter table away rename to users");
    await room.page.getByRole("button", { name: en.common.failed.retry }).click();
    await room.live();
  });
}

/** A browser that nobody watches: React reports these failures on its console, as it should. */
async function pageOf(
  browser: Browser,
  server: TestServer,
  account: Account,
  options: { locale: string; colorScheme: "light" | "dark" },
): Promise<Page> {
  const context = await browser.newContext({ ...options, baseURL: server.origin });
  await context.addCookies(browserCookies(account, server));
  return await context.newPage();
}

/** Takes a table away under the running server, and gives it back. */
async function alter({ dataDir }: TestServer, statement: string): Promise<void> {
  const database = new DatabaseSync(join(dataDir, "sarangbang.db"));
  database.exec(statement);
  database.close();
}
