import { type Browser, expect, type Page } from "@playwright/test";
import type { Catalog } from "#lib/i18n/en.ts";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { test } from "#tests/support/people.ts";
import { ask, PASSWORD, PLACE_NAME } from "#tests/support/place.ts";
import { RoomPage } from "#tests/support/room-page.ts";
import type { TestServer } from "#tests/support/server.ts";

test("미나 opens the place, invites 준, he joins by her link, and they talk, she in Korean and he in English", async ({
  browser,
  server,
}) => {
  const mina = await newcomer(browser, server, "ko-KR");
  await mina.goto("/");
  await expect(mina).toHaveURL(/\/setup$/);
  await mina.getByLabel(ko.auth.setup.place).fill(PLACE_NAME);
  await fillAccount(mina, ko, "미나", "mina@example.com");
  await mina.getByRole("button", { name: ko.auth.setup.submit }).click();
  const minas = await inRoom(mina);

  const link = await inviteLink(mina);
  const jun = await newcomer(browser, server, "en-US");
  await jun.goto(link);
  await expect(jun.getByRole("heading", { name: en.auth.join.title(PLACE_NAME) })).toBeVisible();
  await fillAccount(jun, en, "준", "jun@example.com");
  await jun.getByRole("button", { name: en.auth.join.submit }).click();
  const juns = await inRoom(jun);
  expect(jun.url()).toBe(mina.url());
  const people = await minas.people(ko);
  await expect(people.getByRole("listitem").filter({ hasText: "준" })).toBeVisible();

  await minas.say("어서 와요, 준! 잘 찾아왔네요.");
  await juns.sees("어서 와요, 준! 잘 찾아왔네요.");
  await juns.say("Hello Mina, what a nice room.");
  await minas.sees("Hello Mina, what a nice room.");
  await minas.sees("어서 와요, 준! 잘 찾아왔네요.");
});

test("the first-run page is gone once 미나 has opened the place, and so is its address in the API", async ({
  mina,
  browser,
  server,
}) => {
  const stranger = await newcomer(browser, server, "en-US");
  await stranger.goto("/setup");
  await expect(stranger).toHaveURL(/\/sign-in$/);
  const { name, email, password } = mina;
  const again = { placeName: "남의 사랑방", name, email: `second-${email}`, password, language: "ko" };
  expect((await ask(server, {}, "POST", "/api/setup", again)).status).toBe(404);
});

test("준 signs out, is asked to sign in, and comes back to the room he wanted", async ({ mina, jun }) => {
  await jun.room.page.goto("/");
  await jun.room.live();
  const room = new URL(jun.room.page.url()).pathname;
  await jun.room.page.getByRole("button", { name: en.chat.sidebar.placeMenu(PLACE_NAME) }).click();
  await jun.room.page.getByRole("menuitem", { name: en.chat.sidebar.signOut }).click();
  await expect(jun.room.page).toHaveURL(/\/sign-in/);

  await jun.room.page.goto(room);
  await expect(jun.room.page).toHaveURL(/\/sign-in\?next=/);
  await jun.room.page.getByLabel(en.auth.email).fill(jun.email);
  await jun.room.page.getByLabel(en.auth.password, { exact: true }).fill("not his password");
  await jun.room.page.getByRole("button", { name: en.auth.signIn.submit }).click();
  await expect(jun.room.page.getByText(en.auth.signIn.wrong)).toBeVisible();
  await jun.room.page.getByLabel(en.auth.password, { exact: true }).fill(jun.password);
  await jun.room.page.getByRole("button", { name: en.auth.signIn.submit }).click();
  await jun.room.live();
  expect(new URL(jun.room.page.url()).pathname).toBe(room);
  await jun.room.say("Back again.");
  await mina.room.page.goto(room);
  await mina.room.sees("Back again.");
});

async function newcomer(browser: Browser, server: TestServer, locale: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, locale, timezoneId: "Asia/Seoul" });
  return context.newPage();
}

async function fillAccount(page: Page, { auth }: Catalog, name: string, email: string): Promise<void> {
  await page.getByLabel(auth.name, { exact: true }).fill(name);
  await page.getByLabel(auth.email, { exact: true }).fill(email);
  await page.getByLabel(auth.password, { exact: true }).fill(PASSWORD);
}

async function inRoom(page: Page): Promise<RoomPage> {
  await expect(page).toHaveURL(/\/rooms\/[0-9a-z]+/);
  const room = new RoomPage(page);
  await room.live();
  return room;
}

async function inviteLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: ko.chat.sidebar.placeMenu(PLACE_NAME) }).click();
  await page.getByRole("menuitem", { name: ko.chat.sidebar.invite }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: ko.rooms.invite.create }).click();
  await expect(dialog.getByRole("img", { name: ko.rooms.invite.qr })).toBeVisible();
  const link = await dialog.getByLabel(ko.rooms.invite.link, { exact: true }).inputValue();
  await page.keyboard.press("Escape");
  return link;
}
