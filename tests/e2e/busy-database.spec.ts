import { expect } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { test as base } from "#tests/support/people.ts";
import { lobby } from "#tests/support/place.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { silence } from "#tests/support/services/silence.ts";

const test = base.extend<{ database: Service }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  database: async ({}, use) => {
    const database = await startPostgres();
    await use(database);
    await database.stop();
  },
  settings: async ({ database }, use) => use({ DATABASE_URL: database.url }),
});

test("the database falls silent while 미나 and 준 are connected: a quiet line says that what they write waits, and is gone by itself when it goes out", async ({
  server,
  database,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  for (const guest of [mina, jun]) await guest.room.enter(room.id);
  const speak = await silence(database);
  await mina.room.say("들려요?");
  await jun.room.say("Hello?");
  await expect(mina.room.connection).toHaveText(ko.chat.connection.busy, { timeout: 20_000 });
  await expect(jun.room.connection).toHaveText(en.chat.connection.busy, { timeout: 20_000 });
  for (const guest of [mina, jun]) await expect(guest.room.connection).toHaveAttribute("data-state", "online");
  await expect(mina.room.message("들려요?")).toHaveAttribute("data-state", "pending");

  speak();
  for (const guest of [mina, jun]) {
    await expect(guest.room.connection).toHaveText("", { timeout: 30_000 });
    await guest.room.sees("들려요?");
    await guest.room.sees("Hello?");
  }
});
