import { expect } from "@playwright/test";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { type Guest, test } from "#tests/support/people.ts";
import { ask, createRoom, invite, lobby } from "#tests/support/place.ts";

test("미나, a room's last admin, learns before she leaves what to do first: she makes 준 its admin, and both hear of it at once", async ({
  server,
  mina,
  jun,
}) => {
  const room = await createRoom(server, mina, { name: "둘만의 방", kind: "members" }, [jun]);
  await Promise.all([mina.room.enter(room.id), jun.room.enter(room.id)]);
  const juns = await jun.room.people(en);
  await expect(juns.getByRole("listitem").filter({ hasText: "준" })).not.toContainText(en.chat.people.roomAdmin);

  await leave(mina);
  const dialog = mina.room.page.getByRole("dialog");
  await expect(dialog).toContainText(ko.rooms.leaving.last);
  await expect(dialog.getByRole("button", { name: ko.chat.room.leave })).toHaveCount(0);
  await dialog.getByRole("button", { name: ko.rooms.leaving.chooseAdmin }).click();
  await dialog.getByRole("button", { name: ko.chat.people.menu("준") }).click();
  await mina.room.page.getByRole("menuitem", { name: ko.rooms.person.makeRoomAdmin }).click();

  await expect(jun.room.page.getByText(en.rooms.own.roomAdmin(room.name))).toBeVisible();
  await expect(juns.getByRole("listitem").filter({ hasText: "준" })).toContainText(en.chat.people.roomAdmin);
  await expect(jun.room.page.getByRole("button", { name: en.chat.room.settings })).toBeVisible();
  await expect(dialog.getByRole("listitem").filter({ hasText: "준" })).toContainText(ko.rooms.members.manager);
  await mina.room.page.keyboard.press("Escape");
  await leave(mina);
  await dialog.getByRole("button", { name: ko.chat.room.leave }).click();
  await expect(mina.room.link(room.id)).toHaveCount(0);
  await expect(juns.getByRole("heading", { name: en.chat.people.count(1) })).toBeVisible();
});

test("미나 sees 하은, who is not connected, join and go without touching anything", async ({ server, mina }) => {
  const haeun = await invite(server, mina, "하은", "haeun@example.com");
  const room = await createRoom(server, mina, { name: "열린 방" });
  await mina.room.enter(room.id);
  const panel = await mina.room.people(ko);
  await expect(panel.getByRole("heading", { name: ko.chat.people.count(1) })).toBeVisible();
  await ask(server, haeun, "POST", `/api/rooms/${room.id}/join`);
  await expect(panel.getByRole("listitem").filter({ hasText: "하은" })).toBeVisible();
  await expect(panel.getByRole("heading", { name: ko.chat.people.count(2) })).toBeVisible();
  await ask(server, haeun, "POST", `/api/rooms/${room.id}/leave`);
  await expect(panel.getByRole("heading", { name: ko.chat.people.count(1) })).toBeVisible();
  await ask(server, mina, "POST", `/api/rooms/${room.id}/leave`);
  await expect(panel.getByRole("heading", { name: ko.chat.people.count(0) })).toBeVisible();
});

test("준 has forgotten his password: 미나 sets a new one, suspends him and lifts it, all from the menu beside his name", async ({
  server,
  mina,
  jun,
}) => {
  const open = await lobby(server, mina);
  await Promise.all([mina.room.enter(open.id), jun.room.enter(open.id)]);
  const page = mina.room.page;
  await choose(mina, ko.rooms.person.setPassword);
  await page.getByLabel(ko.rooms.person.password.label, { exact: true }).fill("새로 정한 비밀번호");
  await page.getByRole("button", { name: ko.rooms.person.password.submit }).click();
  await expect(page.getByText(ko.rooms.person.password.done("준"))).toBeVisible();
  await expect(jun.room.page).toHaveURL(/\/sign-in/);
  await signIn(jun, "새로 정한 비밀번호");
  await expect(jun.room.page).toHaveURL(/\/rooms\//);
  await jun.room.live();

  await choose(mina, ko.rooms.person.suspend);
  await page.getByRole("button", { name: ko.rooms.person.suspension.submit }).click();
  await expect(jun.room.page).toHaveURL(/\/sign-in/);
  const panel = await mina.room.people(ko);
  await expect(panel.getByRole("listitem").filter({ hasText: "준" })).toContainText(ko.common.suspended);
  await signIn(jun, "새로 정한 비밀번호");
  await expect(jun.room.page.getByText(en.auth.signIn.wrong)).toBeVisible();

  await choose(mina, ko.rooms.person.liftSuspension);
  await expect(panel.getByRole("listitem").filter({ hasText: "준" })).not.toContainText(ko.common.suspended);
  await signIn(jun, "새로 정한 비밀번호");
  await jun.room.live();
});

for (const [what, changes, reason] of [
  ["where only admins write", { posting: "admins" }, en.chat.composer.readOnly],
  ["that is archived", { archived: true }, en.chat.composer.archived],
] as const) {
  test(`준 joins an open room ${what}: it says why he cannot write, and goes into his list`, async ({
    server,
    mina,
    jun,
  }) => {
    const room = await createRoom(server, mina, { name: "공지" });
    await ask(server, mina, "PATCH", `/api/rooms/${room.id}`, changes);
    await jun.room.enter(room.id);
    await expect(jun.room.page.getByText(reason)).toBeVisible();
    await expect(jun.room.link(room.id)).toHaveCount(0);
    await jun.room.page.getByRole("button", { name: en.chat.room.join, exact: true }).click();
    await expect(jun.room.link(room.id)).toBeVisible();
    await expect(jun.room.page.getByText(reason)).toBeVisible();
    await expect(jun.room.page.getByRole("button", { name: en.chat.room.join, exact: true })).toHaveCount(0);
  });
}

async function leave({ room }: Guest): Promise<void> {
  await room.page.getByRole("button", { name: ko.chat.room.more }).click();
  await room.page.getByRole("menuitem", { name: ko.chat.room.leave }).click();
}

/** What 미나 does about 준. */
async function choose({ room }: Guest, words: string): Promise<void> {
  const panel = await room.people(ko);
  await panel.getByRole("button", { name: ko.chat.people.menu("준") }).click();
  await room.page.getByRole("menuitem", { name: words, exact: true }).click();
}

async function signIn({ room, email }: Guest, password: string): Promise<void> {
  await room.page.getByLabel(en.auth.email).fill(email);
  await room.page.getByLabel(en.auth.password, { exact: true }).fill(password);
  await room.page.getByRole("button", { name: en.auth.signIn.submit }).click();
}
