import { expect, type Locator } from "@playwright/test";
import { ko } from "#lib/i18n/ko.ts";
import { type Guest, test } from "#tests/support/people.ts";
import { lobby, PLACE_NAME } from "#tests/support/place.ts";

const CHUNKS = "**/_next/static/chunks/**";

/** What 미나 writes before the connection goes. */
const WRITTEN = "아직 보내지 않은 말";

interface Cut {
  how: string;
  begin: (mina: Guest) => Promise<void>;
  end: (mina: Guest) => Promise<void>;
}

const cuts: Cut[] = [
  {
    how: "the program's files cannot be fetched",
    begin: async ({ context }) => void (await context.route(CHUNKS, (route) => route.abort())),
    end: ({ context }) => context.unroute(CHUNKS),
  },
  {
    how: "her browser is offline",
    begin: ({ context }) => context.setOffline(true),
    end: ({ context }) => context.setOffline(false),
  },
];

for (const { how, begin, end } of cuts) {
  test(`while ${how}, 미나 keeps her room and what she wrote, hears why a menu or dialog does not open, and opens it afterwards without a reload`, async ({
    server,
    mina,
    jun,
  }) => {
    await mina.room.page.setViewportSize({ width: 1440, height: 900 });
    await write(mina, (await lobby(server, mina)).id);
    const panel = await mina.room.people(ko);
    const parts = [
      opener(mina, ko.chat.sidebar.placeMenu(PLACE_NAME), "menu"),
      opener(mina, ko.chat.room.settings, "dialog"),
      opener(mina, ko.chat.people.menu(jun.name), "menu", panel),
    ];
    await begin(mina);
    for (const { button } of parts) {
      await button.click();
      await expect(notices(mina, ko.common.late.failed)).toHaveCount(1);
      await expect(button).toBeFocused();
      await expect(mina.room.composer).toHaveValue(WRITTEN);
      await expect(notices(mina, ko.common.late.failed)).toHaveCount(0);
    }
    await end(mina);
    for (const { button, opened } of parts) {
      await button.click();
      await expect(opened).toBeVisible();
      await mina.room.page.keyboard.press("Escape");
      await expect(opened).toHaveCount(0);
    }
    await expect(mina.room.page.locator("[data-same-page]")).toHaveCount(1);
    await expect(mina.room.composer).toHaveValue(WRITTEN);
  });
}

test("while the program's files cannot be fetched, ↑ leaves 미나 where she is and says why, and edits afterwards", async ({
  server,
  mina,
}) => {
  const { page, composer } = mina.room;
  await mina.room.enter((await lobby(server, mina)).id);
  await mina.room.say("회의는 세시");
  await mina.room.sees("회의는 세시");
  await mina.context.route(CHUNKS, (route) => route.abort());
  await composer.press("ArrowUp");
  await expect(notices(mina, ko.common.late.failed)).toHaveCount(1);
  await expect(composer).toBeFocused();
  await mina.room.sees("회의는 세시");
  await mina.context.unroute(CHUNKS);
  await composer.press("ArrowUp");
  await expect(page.getByTestId("editor")).toBeFocused();
  await expect(page.getByTestId("editor")).toHaveValue("회의는 세시");
});

test("when a new version has taken the place of the one 미나 has open, she is offered to reload, and loses nothing she wrote", async ({
  server,
  mina,
}) => {
  const { page, composer } = mina.room;
  await write(mina, (await lobby(server, mina)).id);
  await mina.context.route(CHUNKS, (route) => route.fulfill({ status: 404 }));
  await opener(mina, ko.chat.sidebar.placeMenu(PLACE_NAME), "menu").button.click();
  const notice = notices(mina, ko.common.late.replaced);
  await expect(notice).toBeVisible();
  await mina.context.unroute(CHUNKS);
  await notice.getByRole("button", { name: ko.common.late.reload }).click();
  await expect(page.locator("[data-same-page]")).toHaveCount(0);
  await mina.room.live();
  await expect(composer).toHaveValue(WRITTEN);
});

test("while the server cannot be asked, 미나 is not signed out and loses nothing she wrote", async ({
  server,
  mina,
}) => {
  const { page, composer } = mina.room;
  await write(mina, (await lobby(server, mina)).id);
  await mina.context.route("**/api/auth/**", (route) => route.abort());
  await opener(mina, ko.chat.sidebar.placeMenu(PLACE_NAME), "menu").button.click();
  await page.getByRole("menuitem", { name: ko.chat.sidebar.signOut }).click();
  await expect(notices(mina, ko.common.unreachable)).toBeVisible();
  await page.reload();
  await mina.room.live();
  await expect(composer).toHaveValue(WRITTEN);
});

/** Enters and writes; with the first key what shows notices is loaded. */
async function write({ room }: Guest, id: string): Promise<void> {
  await room.enter(id);
  await room.page.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
  await room.composer.click();
  await room.page.keyboard.insertText(WRITTEN);
  await expect(room.page.getByRole("region", { name: ko.common.notices })).toBeAttached();
}

function opener({ room: { page } }: Guest, name: string, role: "menu" | "dialog", within: Locator | null = null) {
  return { button: (within ?? page).getByRole("button", { name }).first(), opened: page.getByRole(role) };
}

function notices({ room: { page } }: Guest, text: string): Locator {
  return page.locator("[data-sonner-toast]", { hasText: text });
}
