import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator } from "@playwright/test";
import { ko } from "#lib/i18n/ko.ts";
import { type Guest, test } from "#tests/support/people.ts";
import { createRoom, lobby, PLACE_NAME } from "#tests/support/place.ts";

const { sidebar, room: header } = ko.chat;

test("미나 closes what the place's menu opened by Esc, and is back on the menu's button", async ({ server, mina }) => {
  await mina.room.enter((await lobby(server, mina)).id);
  const menu = mina.room.page.getByRole("button", { name: sidebar.placeMenu(PLACE_NAME) });
  for (const item of [sidebar.invite, sidebar.browse, sidebar.create, sidebar.keyboard]) {
    await menu.focus();
    await mina.room.page.keyboard.press("Enter");
    await mina.room.page.getByRole("menuitem", { name: item }).press("Enter");
    await closesBackTo(mina, menu);
    await menu.click();
    await mina.room.page.getByRole("menuitem", { name: item }).click();
    await closesBackTo(mina, menu);
  }
});

test("미나 closes what a button or a key opened by Esc, and is back where she was", async ({ server, mina }) => {
  const { id } = await createRoom(server, mina, { name: "개발", kind: "members" });
  await mina.room.enter(id);
  const { page } = mina.room;
  const settings = page.getByRole("button", { name: header.settings });
  await settings.click();
  await closesBackTo(mina, settings);
  const more = page.getByRole("button", { name: header.more });
  await more.click();
  await page.getByRole("menuitem", { name: header.leave }).click();
  await closesBackTo(mina, more);
  await mina.room.composer.focus();
  await page.keyboard.press("Control+k");
  await closesBackTo(mina, mina.room.composer);
});

test("미나 closes a menu by Esc, and is back on its button", async ({ server, mina, jun }) => {
  await mina.room.enter((await lobby(server, mina)).id);
  const { page } = mina.room;
  const panel = await mina.room.people(ko);
  for (const button of [
    page.getByRole("button", { name: sidebar.placeMenu(PLACE_NAME) }),
    page.getByRole("button", { name: header.more }),
    panel.getByRole("button", { name: ko.chat.people.menu(jun.name) }),
  ]) {
    await button.click();
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden();
    await expect(button).toBeFocused();
  }
});

test("axe finds nothing while a menu of 미나's is open", async ({ server, mina, jun }) => {
  await mina.room.enter((await lobby(server, mina)).id);
  const { page } = mina.room;
  const panel = await mina.room.people(ko);
  for (const button of [
    page.getByRole("button", { name: sidebar.placeMenu(PLACE_NAME) }),
    page.getByRole("button", { name: header.more }),
    panel.getByRole("button", { name: ko.chat.people.menu(jun.name) }),
  ]) {
    await button.click();
    await expect(page.getByRole("menu")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`))).toEqual([]);
    await page.keyboard.press("Escape");
  }
});

async function closesBackTo({ room: { page } }: Guest, place: Locator): Promise<void> {
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(":focus").or(page.locator("[role=dialog]:focus"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(place).toBeFocused();
}
