import { expect, type Locator, type Page } from "@playwright/test";
import { randomId } from "#lib/chat/ids.ts";
import type { Catalog } from "#lib/i18n/en.ts";
import { RoomPage } from "./room-page.ts";

/** What the screens are opened on. */
export interface Stage {
  words: Catalog;
  placeName: string;
  /** A room with a conversation in it. */
  room: string;
  /** A room where nobody has said anything. */
  quietRoom: string;
  inviteCode: string;
}

export interface Screen {
  name: string;
  /** Whoever looks: nobody before the place is opened, a stranger, or somebody signed in. */
  as: "first" | "stranger" | "admin";
  open(page: Page, stage: Stage): Promise<unknown>;
}

const live = (page: Page) =>
  expect(page.getByTestId("connection")).toHaveAttribute("data-state", "online", { timeout: 30_000 });

async function room(page: Page, id: string) {
  await page.goto(`/rooms/${id}`);
  await live(page);
}

/** The tools of what the one who looks has said, by mouse or by touch. */
async function tools(page: Page, { words, room: id }: Stage): Promise<Locator> {
  await room(page, id);
  const own = page.getByTestId("message").filter({ hasText: "Looks right to me" });
  await own.scrollIntoViewIfNeeded();
  if (await page.evaluate(() => matchMedia("(pointer: coarse)").matches)) await own.tap();
  else await own.hover();
  const toolbar = own.getByRole("toolbar", { name: words.chat.timeline.tools });
  await expect(toolbar).toBeVisible();
  // On touch the row has grown by them; while the list moves, it takes no clicks.
  await expect(own).not.toHaveCSS("pointer-events", "none");
  return toolbar;
}

/** A dialog that the place's menu opens; on a phone that menu is above the list of rooms. */
async function fromPlaceMenu(page: Page, { words, placeName }: Stage, item: string) {
  await page.goto("/rooms");
  await live(page);
  await page.getByRole("button", { name: words.chat.sidebar.placeMenu(placeName) }).click();
  await page.getByRole("menuitem", { name: item }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

const fixed = (name: string, as: Screen["as"], path: string): Screen => ({
  name,
  as,
  open: (page) => page.goto(path),
});

const dialog = (name: string, item: (words: Catalog) => string): Screen => ({
  name,
  as: "admin",
  open: (page, stage) => fromPlaceMenu(page, stage, item(stage.words)),
});

const search = (name: string, query: string): Screen => ({
  name,
  as: "admin",
  open: async (page) => {
    await page.goto(query === "" ? "/search" : `/search?q=${encodeURIComponent(query)}`);
    await expect(page.getByRole("searchbox")).toHaveValue(query);
  },
});

const SEARCHES = [
  search("search", ""),
  search("search-none", "없는말"),
  search("search-unclear", 'from:"아무도 아님" in:없는방 after:어제'),
  search("search-one", "restart"),
  search("search-many", "다"),
];

/** Every screen there is: axe looks at all of them, and so should you (tests/e2e/screens). */
export const SCREENS: Screen[] = [
  fixed("setup", "first", "/setup"),
  fixed("sign-in", "stranger", "/sign-in"),
  { name: "join", as: "stranger", open: (page, stage) => page.goto(`/join/${stage.inviteCode}`) },
  fixed("join-gone", "stranger", "/join/nothing"),
  {
    name: "rooms",
    as: "admin",
    open: async (page) => {
      await page.goto("/rooms");
      await live(page);
    },
  },
  { name: "room", as: "admin", open: (page, stage) => room(page, stage.room) },
  { name: "room-tools", as: "admin", open: tools },
  {
    name: "room-editing",
    as: "admin",
    open: async (page, stage) => {
      const toolbar = await tools(page, stage);
      await toolbar.getByRole("button", { name: stage.words.chat.timeline.edit }).click();
      await expect(page.getByTestId("editor")).toBeFocused();
    },
  },
  {
    name: "room-deleting",
    as: "admin",
    open: async (page, stage) => {
      const toolbar = await tools(page, stage);
      await toolbar.getByRole("button", { name: stage.words.chat.timeline.delete }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  { name: "room-quiet", as: "admin", open: (page, stage) => room(page, stage.quietRoom) },
  { name: "room-gone", as: "admin", open: (page) => room(page, randomId()) },
  {
    name: "room-people",
    as: "admin",
    open: async (page, stage) => {
      await room(page, stage.room);
      await new RoomPage(page).people(stage.words);
    },
  },
  {
    name: "room-settings",
    as: "admin",
    open: async (page, stage) => {
      await room(page, stage.room);
      await page.getByRole("button", { name: stage.words.chat.room.settings }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "switcher",
    as: "admin",
    open: async (page, stage) => {
      await room(page, stage.room);
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  ...SEARCHES,
  dialog("invite", (words) => words.chat.sidebar.invite),
  dialog("browse", (words) => words.chat.sidebar.browse),
  dialog("create-room", (words) => words.chat.sidebar.create),
  dialog("keyboard", (words) => words.chat.sidebar.keyboard),
  fixed("settings-profile", "admin", "/settings/profile"),
  fixed("settings-appearance", "admin", "/settings/appearance"),
  fixed("not-found", "admin", "/no-such-page"),
];
