import { expect } from "@playwright/test";
import { ko } from "#lib/i18n/ko.ts";
import { test as base, visit } from "#tests/support/people.ts";
import { ask, createRoom, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";

/** 미나 is on the one node, 준 on the other; PostgreSQL and RabbitMQ are all that the two share. */
const test = base.extend<{ other: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  settings: async ({}, use) => {
    const [database, broker] = await Promise.all([startPostgres(), startRabbitmq()]);
    // They say as much in seconds as people do in minutes, and an edit that is refused for that waits for its author.
    const limits = { SEND_RATE: "1000", SEND_BURST: "1000" };
    await use({ DATABASE_URL: database.url, BROKER_URL: broker.url, ...limits });
    await broker.stop();
    await database.stop();
  },
  other: async ({ server, settings }, use) => {
    expect(server.port).toBeGreaterThan(0);
    const other = await startServer({ env: settings });
    await use(other);
    await other.stop();
  },
  jun: async ({ server, other, browser, mina }, use) => {
    const account = await invite(server, mina, "준", "jun@example.com");
    await visit(browser, other, account, { locale: "en-US", timezoneId: "Asia/Seoul" }, use);
  },
});

test("미나 and 준 are on two nodes and notice nothing of it: they talk, see each other here and typing, count what is unread, and a room that he loses is gone at once", async ({
  server,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  const circle = await createRoom(server, mina, { name: "둘이서", kind: "members" });
  await mina.room.enter(room.id);
  await jun.room.enter(room.id);
  expect(new URL(jun.room.page.url()).port).not.toBe(new URL(mina.room.page.url()).port);

  const people = await mina.room.people(ko);
  await expect(people.getByText(ko.chat.people.online(2))).toBeVisible();
  await jun.room.composer.pressSequentially("Hello");
  await expect(mina.room.page.getByTestId("typing")).toContainText("준");
  await jun.room.say("Hello Mina");
  await mina.room.sees("Hello Mina");
  await expect(mina.room.page.getByTestId("typing")).toHaveCount(0);
  for (let line = 1; line <= 10; line++) {
    await mina.room.say(`미나 ${line}.`);
    await jun.room.say(`Jun ${line}.`);
  }
  await mina.room.sees("Jun 10.");
  await jun.room.sees("미나 10.");
  const spoken = /(미나|Jun) \d+\./;
  const lines = (guest: typeof mina) => guest.room.messages.filter({ hasText: spoken }).allInnerTexts();
  const said = (all: string[]) => all.map((text) => spoken.exec(text)?.[0]);
  await expect.poll(async () => said(await lines(jun))).toEqual(said(await lines(mina)));

  await mina.room.composer.press("ArrowUp");
  await mina.room.page.getByTestId("editor").fill("미나, 고쳐 씀");
  await mina.room.page.getByTestId("editor").press("Enter");
  await jun.room.sees("미나, 고쳐 씀");
  await expect(jun.room.message("미나 10.")).toHaveCount(0);

  const membership = `/api/rooms/${circle.id}/members/${jun.id}`;
  await ask(server, mina, "PUT", membership);
  await expect(jun.room.link(circle.id)).toBeVisible();
  await mina.room.link(circle.id).click();
  await expect(mina.room.page).toHaveURL(new RegExp(circle.id));
  await mina.room.say("여기는 둘뿐이에요");
  await expect(jun.room.link(circle.id)).toHaveAttribute("data-unread", "1");
  await jun.room.link(circle.id).click();
  await jun.room.sees("여기는 둘뿐이에요");
  await expect(jun.room.link(circle.id)).toHaveAttribute("data-unread", "0");
  await ask(server, mina, "DELETE", membership);
  await expect(jun.room.link(circle.id)).toHaveCount(0);
  await expect(jun.room.message("여기는 둘뿐이에요")).toHaveCount(0);
});

test("준's node is killed in the midst of what he writes: he goes on as soon as it is back, and nothing is lost or said twice", async ({
  server,
  other,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  await Promise.all([mina.room.enter(room.id), jun.room.enter(room.id)]);
  await jun.room.say("Jun 1.");
  await mina.room.sees("Jun 1.");
  await other.kill();
  await jun.room.say("Jun 2.");
  await mina.room.say("미나 1.");
  await mina.room.sees("미나 1.");
  await other.start();
  await jun.room.live();
  await mina.room.sees("Jun 2.");
  await jun.room.sees("미나 1.");
  for (const guest of [mina, jun]) {
    await expect(guest.room.messages.filter({ hasText: /Jun \d\./ })).toHaveCount(2);
    await expect(guest.room.message("미나 1.")).toHaveCount(1);
  }
});
