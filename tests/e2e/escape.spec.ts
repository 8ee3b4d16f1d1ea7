import { expect } from "@playwright/test";
import { ko } from "#lib/i18n/ko.ts";
import { type Guest, test } from "#tests/support/people.ts";
import { lobby, PLACE_NAME, unreadOf } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";
import { connectAs, post } from "#tests/support/talk.ts";
import { until } from "#tests/support/until.ts";

test.use({ settings: { SEND_BURST: "200" } });

const { timeline } = ko.chat;

test("Esc marks the room as read for 미나, and she can take that back", async ({ server, mina, jun }) => {
  const room = await withUnread(server, mina, jun);
  await mina.room.composer.press("Escape");
  await expect(mina.room.link(room)).toHaveAttribute("data-unread", "0");
  await mina.room.page.getByRole("button", { name: timeline.undo }).click();
  await expect(mina.room.link(room)).not.toHaveAttribute("data-unread", "0");
  expect(await unreadOf(server, mina, room)).toBeGreaterThan(0);
});

test("what 미나 marked as read by Esc is read on every device, once she cannot take it back any more", async ({
  server,
  mina,
  jun,
}) => {
  const room = await withUnread(server, mina, jun);
  await mina.room.composer.press("Escape");
  await until("the server to know", async () => (await unreadOf(server, mina, room)) === 0, 20_000);
  await expect(mina.room.page.getByRole("button", { name: timeline.undo })).toBeHidden();
});

test("Esc closes what is open first: 미나's menu, then the panel over the room, and only then marks read", async ({
  server,
  mina,
  jun,
}) => {
  await mina.room.page.setViewportSize({ width: 900, height: 700 });
  const room = await withUnread(server, mina, jun);
  const { page } = mina.room;
  const panel = await mina.room.people(ko);
  await page.getByRole("button", { name: ko.chat.sidebar.placeMenu(PLACE_NAME) }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(panel).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(mina.room.link(room)).not.toHaveAttribute("data-unread", "0");
  await page.keyboard.press("Escape");
  await expect(mina.room.link(room)).toHaveAttribute("data-unread", "0");
});

/** 준 has said more than a screen holds while 미나 was away; she enters, at the first of it. */
async function withUnread(server: TestServer, mina: Guest, jun: Guest): Promise<string> {
  const { id } = await lobby(server, mina);
  const wire = await connectAs(server, jun);
  for (let line = 1; line <= 60; line++) await post(wire, id, `준의 이야기 ${line}`);
  await mina.room.enter(id);
  await expect(mina.room.link(id)).not.toHaveAttribute("data-unread", "0");
  return id;
}
