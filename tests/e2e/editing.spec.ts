import { expect, type Page } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { type Guest, test } from "#tests/support/people.ts";
import { lobby } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";

const { timeline } = ko.chat;

const editor = (page: Page) => page.getByTestId("editor");

/** 미나 and 준 are in the same room. */
async function meet(server: TestServer, mina: Guest, jun: Guest): Promise<void> {
  const room = await lobby(server, mina);
  await Promise.all([mina.room.enter(room.id), jun.room.enter(room.id)]);
}

async function say(speaker: Guest, listener: Guest, text: string): Promise<void> {
  await speaker.room.say(text);
  await listener.room.sees(text);
  await speaker.room.sees(text);
}

/** By the tools of the message, with a mouse. */
async function choose({ room }: Guest, text: string, tool: string): Promise<void> {
  await room.message(text).hover();
  await room.message(text).getByRole("button", { name: tool, exact: true }).click();
}

test("미나 edits what she wrote: 준 sees it in its place with when that was, and the focus is back at the message", async ({
  server,
  mina,
  jun,
}) => {
  await meet(server, mina, jun);
  await say(mina, jun, "회의는 세시");
  await say(jun, mina, "See you");
  await choose(mina, "회의는 세시", timeline.edit);
  await expect(editor(mina.room.page)).toBeFocused();
  await editor(mina.room.page).press("End");
  await editor(mina.room.page).pressSequentially(" 반입니다");
  await editor(mina.room.page).press("Enter");
  await expect(editor(mina.room.page)).toHaveCount(0);
  await expect(mina.room.message("회의는 세시 반입니다")).toBeFocused();
  await jun.room.sees("회의는 세시 반입니다");
  const texts = await jun.room.messages.filter({ hasText: /회의|See/ }).allInnerTexts();
  expect(texts.map((text) => /회의|See/.exec(text)?.[0])).toEqual(["회의", "See"]);
  const mark = jun.room.message("회의는 세시 반입니다").getByText(en.chat.timeline.edited);
  await expect(mark).toHaveAttribute("title", /\d/);
  await expect(
    jun.room.message("회의는 세시 반입니다").getByRole("button", { name: en.chat.timeline.edit }),
  ).toHaveCount(0);
});

test("↑ in an empty field edits the last message of one's own, Esc gives it up, and the focus is in the field again", async ({
  server,
  mina,
  jun,
}) => {
  await meet(server, mina, jun);
  await say(mina, jun, "첫 번째");
  await say(mina, jun, "두 번째");
  await say(jun, mina, "third");
  await mina.room.composer.pressSequentially("ㅎ");
  await mina.room.composer.press("ArrowUp");
  await expect(editor(mina.room.page)).toHaveCount(0);
  await mina.room.composer.fill("");
  await mina.room.composer.press("ArrowUp");
  await expect(editor(mina.room.page)).toHaveValue("두 번째");
  await editor(mina.room.page).fill("두 번째가 아니라");
  await editor(mina.room.page).press("Escape");
  await expect(editor(mina.room.page)).toHaveCount(0);
  await expect(mina.room.composer).toBeFocused();
  await mina.room.sees("두 번째");
  await mina.room.composer.press("ArrowUp");
  await expect(editor(mina.room.page)).toHaveValue("두 번째");
  await editor(mina.room.page).fill("둘째");
  await editor(mina.room.page).press("Enter");
  await jun.room.sees("둘째");
  await expect(mina.room.composer).toBeFocused();
});

test("↑ brings a message into sight that is far away, and its editor stays while 미나 scrolls", async ({
  server,
  mina,
  jun,
}) => {
  await meet(server, mina, jun);
  await say(mina, jun, "멀리 있는 말");
  for (let line = 1; line <= 18; line += 1) await jun.room.say(`Line ${line}\n.\n.\n.\n.\n.`);
  await mina.room.sees("Line 18");
  await mina.room.composer.press("ArrowUp");
  await expect(editor(mina.room.page)).toBeInViewport();
  await editor(mina.room.page).fill("멀리 있던 말");
  const scrollTo = (end: "top" | "bottom") =>
    mina.room.page
      .getByTestId("timeline")
      .evaluate((log, to) => log.scrollTo({ top: to === "top" ? 0 : log.scrollHeight }), end);
  await scrollTo("bottom");
  await expect(mina.room.message("Line 18")).toBeInViewport();
  await expect(editor(mina.room.page)).toBeFocused();
  await editor(mina.room.page).press("Enter");
  await expect(mina.room.composer).toBeFocused();
  await scrollTo("top");
  await mina.room.sees("멀리 있던 말");
});

test("미나 deletes what she wrote after she was asked: a tombstone is left, for 준 too, and nothing can be done with it but link", async ({
  server,
  mina,
  jun,
}) => {
  await meet(server, mina, jun);
  await say(mina, jun, "잘못 쓴 말");
  await choose(mina, "잘못 쓴 말", timeline.delete);
  const dialog = mina.room.page.getByRole("dialog");
  await expect(dialog).toContainText("잘못 쓴 말");
  await dialog.getByRole("button", { name: ko.common.cancel }).click();
  await expect(dialog).toHaveCount(0);
  await expect(mina.room.message("잘못 쓴 말")).toBeFocused();
  await mina.room.page.keyboard.press("Tab");
  await choose(mina, "잘못 쓴 말", timeline.delete);
  await dialog.getByRole("button", { name: ko.rooms.deleting.submit }).click();
  await mina.room.sees(timeline.deleted);
  await expect(mina.room.message(timeline.deleted)).toBeFocused();
  await expect(mina.room.message(timeline.deleted).getByRole("button")).toHaveCount(1);
  await jun.room.sees(en.chat.timeline.deleted);
  await expect(jun.room.message("잘못 쓴 말")).toHaveCount(0);
  await jun.room.page.reload();
  await jun.room.sees(en.chat.timeline.deleted);
});

test("미나 leads the room and deletes what 준 wrote; he may do neither with hers", async ({ server, mina, jun }) => {
  await meet(server, mina, jun);
  await say(jun, mina, "Something rude");
  await say(mina, jun, "안녕하세요");
  await jun.room.message("안녕하세요").hover();
  const tools = jun.room.message("안녕하세요").getByRole("button");
  await expect(tools).toHaveCount(2);
  await mina.room.message("Something rude").hover();
  await expect(mina.room.message("Something rude").getByRole("button", { name: timeline.edit })).toHaveCount(0);
  await choose(mina, "Something rude", timeline.delete);
  const dialog = mina.room.page.getByRole("dialog", { name: ko.rooms.deleting.titleOf("준") });
  await dialog.getByRole("button", { name: ko.rooms.deleting.submit }).click();
  await jun.room.sees(en.chat.timeline.deleted);
});

test("who empties a message is asked whether to delete it", async ({ server, mina, jun }) => {
  await meet(server, mina, jun);
  await say(mina, jun, "없던 일로");
  await mina.room.composer.press("ArrowUp");
  await editor(mina.room.page).fill("");
  await editor(mina.room.page).press("Enter");
  const dialog = mina.room.page.getByRole("dialog");
  await dialog.getByRole("button", { name: ko.common.cancel }).click();
  await expect(editor(mina.room.page)).toBeFocused();
  await editor(mina.room.page).press("Enter");
  await dialog.getByRole("button", { name: ko.rooms.deleting.submit }).click();
  await jun.room.sees(en.chat.timeline.deleted);
  await expect(editor(mina.room.page)).toHaveCount(0);
  await expect(mina.room.message(timeline.deleted)).toBeFocused();
});

test("Esc gives up the edit before it closes the panel over the room, wherever the focus is", async ({
  server,
  mina,
  jun,
}) => {
  await mina.room.page.setViewportSize({ width: 900, height: 700 });
  await meet(server, mina, jun);
  await say(mina, jun, "그대로 둘 말");
  await mina.room.composer.press("ArrowUp");
  await editor(mina.room.page).fill("다른 말");
  const panel = await mina.room.people(ko);
  await mina.room.page.keyboard.press("Escape");
  await expect(editor(mina.room.page)).toHaveCount(0);
  await expect(panel).toBeVisible();
  await mina.room.page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await mina.room.sees("그대로 둘 말");
});

test("without a connection an edit says that it was not saved, keeps what was typed over a reload, and is saved later", async ({
  server,
  mina,
  jun,
}) => {
  await meet(server, mina, jun);
  await say(mina, jun, "내일 만나요");
  await mina.room.composer.press("ArrowUp");
  await editor(mina.room.page).fill("모레 만나요");
  await server.kill();
  await expect(mina.room.connection).not.toHaveAttribute("data-state", "online");
  await editor(mina.room.page).press("Enter");
  await expect(mina.room.page.getByRole("group", { name: timeline.edit }).getByRole("alert")).toHaveText(
    timeline.notSaved(ko.common.unreachable),
  );
  await expect(editor(mina.room.page)).toHaveValue("모레 만나요");
  await server.start();
  await mina.room.live();
  await mina.room.page.reload();
  await expect(editor(mina.room.page)).toHaveValue("모레 만나요");
  await mina.room.live();
  await mina.room.page.getByRole("button", { name: ko.common.save }).click();
  await jun.room.live();
  await jun.room.sees("모레 만나요");
  await expect(editor(mina.room.page)).toHaveCount(0);
});

test("준 was away while 미나 edited and deleted, and comes back to what is left", async ({ server, mina, jun }) => {
  await meet(server, mina, jun);
  await say(mina, jun, "하나");
  await say(mina, jun, "둘");
  await jun.context.setOffline(true);
  await expect(jun.room.connection).not.toHaveAttribute("data-state", "online", { timeout: 30_000 });
  await choose(mina, "하나", timeline.delete);
  await mina.room.page.getByRole("dialog").getByRole("button", { name: ko.rooms.deleting.submit }).click();
  await mina.room.sees(timeline.deleted);
  await mina.room.composer.press("ArrowUp");
  await editor(mina.room.page).fill("둘이 아니라 하나");
  await editor(mina.room.page).press("Enter");
  await jun.context.setOffline(false);
  await jun.room.sees("둘이 아니라 하나");
  await jun.room.sees(en.chat.timeline.deleted);
});
