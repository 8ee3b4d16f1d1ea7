import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Guest, test } from "#tests/support/people.ts";
import { ask, lobby, unreadOf } from "#tests/support/place.ts";

/** Tall enough for the virtual list to hold every message of these tests at once. */
const TALL = { width: 1280, height: 4_000 };
const EACH = 15;

test("the server is killed in the middle of a burst and started again: both screens come to the same messages, each once, in one order, without a reload", async ({
  server,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  for (const guest of [mina, jun]) {
    await guest.room.page.setViewportSize(TALL);
    await guest.room.enter(room.id);
    await guest.room.page.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
  }

  const bursts = [burst(mina, "미나"), burst(jun, "Jun")];
  await expect(mina.room.message("미나 06.")).toHaveCount(1, { timeout: 30_000 });
  const posted = await lines(mina, '[data-state="posted"]');
  await server.kill();
  await Promise.all(bursts);
  await expect(mina.room.connection).not.toHaveAttribute("data-state", "online");
  await server.start();
  await Promise.all([mina.room.live(), jun.room.live()]);

  for (const guest of [mina, jun]) {
    await expect.poll(() => lines(guest, '[data-state="posted"]'), { timeout: 60_000 }).toHaveLength(2 * EACH);
  }
  const seen = await lines(mina);
  expect(await lines(jun)).toEqual(seen);
  expect(seen.filter((line) => posted.includes(line))).toEqual(posted);
  for (const name of ["미나", "Jun"]) {
    expect(seen.filter((line) => line.startsWith(name))).toEqual(written(name));
  }
  const { body } = await ask<{ messages: { text: string }[] }>(
    server,
    mina,
    "GET",
    `/api/rooms/${room.id}/messages?limit=100`,
  );
  expect(body.messages.map(({ text }) => text).filter((text) => /\d\d\./.test(text))).toEqual(seen);
  await expect(jun.room.page.locator("[data-same-page]")).toHaveCount(1);
  await expect(mina.room.page.locator("[data-same-page]")).toHaveCount(1);
});

test("a backup is restored while 미나's tab stays open: what she sees from then on counts as read", async ({
  server,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  for (const guest of [mina, jun]) await guest.room.enter(room.id);
  const backup = join(server.dataDir, "before.sarangbang");
  await server.sarangbang(["backup", backup]);
  for (const line of ["Lost 1.", "Lost 2.", "Lost 3."]) await jun.room.say(line);
  await mina.room.sees("Lost 3.");
  await expect.poll(() => unreadOf(server, mina, room.id)).toBe(0);
  await server.terminate();
  await server.sarangbang(["restore", backup, "--yes"]);
  await server.start();
  await Promise.all([mina.room.live(), jun.room.live()]);
  await jun.room.say("Anew.");
  await mina.room.sees("Anew.");
  await expect(mina.room.message("Lost 3.")).toHaveCount(0);
  await expect.poll(() => unreadOf(server, mina, room.id)).toBe(0);
});

test("준 is offline for a while: what he writes waits on his screen, and goes out in order, once, when he is back", async ({
  server,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  for (const guest of [mina, jun]) {
    await guest.room.page.setViewportSize(TALL);
    await guest.room.enter(room.id);
  }

  await jun.context.setOffline(true);
  await expect(jun.room.connection).toHaveAttribute("data-state", "offline");
  await burst(jun, "Jun");
  await expect(jun.room.messages.and(jun.room.page.locator('[data-state="pending"]'))).toHaveCount(EACH);
  await mina.room.say("미나 01. 준, 거기 있어요?");
  await mina.room.sees("미나 01.");
  expect(await lines(mina)).toEqual(["미나 01."]);

  await jun.context.setOffline(false);
  await jun.room.live();
  for (const guest of [mina, jun]) {
    await expect
      .poll(() => lines(guest, '[data-state="posted"]'), { timeout: 30_000 })
      .toEqual(["미나 01.", ...written("Jun")]);
  }
});

test("준 writes offline and closes the tab; opened again, his page sends it, once", async ({ server, mina, jun }) => {
  const room = await lobby(server, mina);
  await Promise.all([mina.room.enter(room.id), jun.room.enter(room.id)]);
  await jun.context.setOffline(true);
  await expect(jun.room.connection).toHaveAttribute("data-state", "offline");
  await jun.room.say("Jun 01. Written in a tunnel");
  await expect(jun.room.message("Jun 01.")).toHaveAttribute("data-state", "pending");
  await jun.room.page.close();

  await jun.context.setOffline(false);
  const again = await jun.context.newPage();
  await again.goto(`/rooms/${room.id}`);
  await expect(again.getByTestId("message").filter({ hasText: "Jun 01." })).toHaveAttribute("data-state", "posted");
  await mina.room.sees("Jun 01.");
  await again.reload();
  await expect(again.getByTestId("message").filter({ hasText: "Jun 01." })).toHaveCount(1);
});

async function burst(guest: Guest, name: string): Promise<void> {
  for (const line of written(name)) await guest.room.say(line);
}

function written(name: string): string[] {
  return Array.from({ length: EACH }, (_, index) => `${name} ${String(index + 1).padStart(2, "0")}.`);
}

/** The numbered lines on this screen, top to bottom. */
async function lines(guest: Guest, state = ""): Promise<string[]> {
  const texts = await guest.room.page.locator(`[data-testid="message"]${state}`).allInnerTexts();
  return texts.flatMap((text) => text.match(/(?:미나|Jun) \d\d\./g) ?? []);
}
