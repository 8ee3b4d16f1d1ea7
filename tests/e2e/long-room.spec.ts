import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { ko } from "#lib/i18n/ko.ts";
import { test } from "#tests/support/people.ts";
import { type Account, createRoom, lobby } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";

const MANY = 100_000;
const MOST_NODES = 1_500;

test("a room of 100,000 messages scrolls as one of 100: few nodes, no gap, and nothing jumps when older pages arrive", async ({
  server,
  mina,
}) => {
  const room = await lobby(server, mina);
  fill(server, room.id, mina, MANY);
  const { page } = mina.room;
  await mina.room.enter(room.id);
  await expect(mina.room.message(`${MANY}번째 말`)).toBeInViewport();

  await page.getByTestId("timeline").hover();
  let lowest = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 40; turn++) {
    const before = await firstVisible(page);
    await page.mouse.wheel(0, -500);
    const numbers = await until("older messages in the window", async () => {
      const now = await visibleNumbers(page);
      return now[0] !== undefined && now[0] < before.number ? now : undefined;
    });
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] as number) + index));
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(MOST_NODES);
    lowest = Math.min(lowest, numbers[0] as number);
  }
  expect(lowest).toBeLessThan(MANY - 200);
});

test("what 미나 reads stays where it is while new messages arrive below", async ({ server, mina, jun }) => {
  const room = await lobby(server, mina);
  fill(server, room.id, mina, 200);
  await mina.room.enter(room.id);
  await jun.room.enter(room.id);
  await mina.room.page.getByTestId("timeline").hover();
  await mina.room.page.mouse.wheel(0, -900);
  await expect(mina.room.message("200번째 말")).not.toBeInViewport();
  const reading = await settled(mina.room.page);

  for (let number = 1; number <= 5; number++) await jun.room.say(`새 소식 ${number}`);
  await jun.room.sees("새 소식 5");
  await expect(mina.room.page.getByRole("button", { name: ko.chat.timeline.jumpNew(5) })).toBeVisible();
  expect(await settled(mina.room.page)).toEqual(reading);
});

test("a long room shows its newest words each time a phone opens it, also after the page came alive", async ({
  server,
  mina,
}) => {
  const room = await lobby(server, mina);
  fill(server, room.id, mina, 200);
  const { page } = mina.room;
  await page.setViewportSize({ width: 390, height: 844 });
  for (let opened = 0; opened < 8; opened++) {
    await page.goto(`/rooms/${room.id}`);
    await mina.room.live();
    await expect(mina.room.message("200번째 말")).toBeInViewport({ timeout: 2_000 });
  }
});

test("a room whose last words are taller than the window opens at their end, and goes on there", async ({
  server,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  await mina.room.enter(room.id);
  await mina.room.say(`${"긴 이야기 ".repeat(1_200)}끝`);
  await mina.room.sees("긴 이야기");
  await mina.room.enter(room.id);
  const fromEnd = ({ scrollHeight, scrollTop, clientHeight }: Element) => scrollHeight - scrollTop - clientHeight;
  expect(await mina.room.page.getByTestId("timeline").evaluate(fromEnd)).toBeLessThan(2);
  await jun.room.enter(room.id);
  await jun.room.say("다 읽었어요");
  await expect(mina.room.message("다 읽었어요")).toBeInViewport();
});

test("going from room to room and back, 미나 sees the newest words of each, every time", async ({ server, mina }) => {
  const rooms = [await lobby(server, mina)];
  for (const name of ["개발", "디자인", "운영"]) rooms.push(await createRoom(server, mina, { name }));
  for (const room of rooms) fill(server, room.id, mina, 50);
  const { page } = mina.room;
  await mina.room.enter(rooms[0]?.id ?? "");
  for (let turn = 1; turn <= 12; turn++) {
    const room = rooms[turn % rooms.length]?.id ?? "";
    await mina.room.link(room).click();
    await expect(page).toHaveURL(new RegExp(room));
    await expect(mina.room.message("50번째 말")).toBeInViewport();
  }
});

test("where 미나 scrolled to before the page came alive, she goes on reading", async ({ server, mina }) => {
  const room = await lobby(server, mina);
  fill(server, room.id, mina, 200);
  const { page } = mina.room;
  const scripts = Promise.withResolvers<void>();
  await page.route("**/*.js", async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto(`/rooms/${room.id}`, { waitUntil: "commit" });
  await expect(mina.room.message("200번째 말")).toBeInViewport();
  await page.getByTestId("timeline").evaluate((log) => log.scrollBy({ top: -700, behavior: "instant" }));
  const reading = await settled(page);

  scripts.resolve();
  await mina.room.live();
  expect(await settled(page)).toEqual(reading);
});

test("a message that a link names stands in the middle at once, and stays there when the page comes alive", async ({
  server,
  mina,
}) => {
  const room = await lobby(server, mina);
  fill(server, room.id, mina, 200);
  const { page } = mina.room;
  await page.setViewportSize({ width: 390, height: 844 });
  const scripts = Promise.withResolvers<void>();
  await page.route("**/*.js", async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto(`/rooms/${room.id}/100`, { waitUntil: "commit" });
  const marked = page.locator('[data-seq="100"]');
  await expect(marked).toBeInViewport();
  const place = await marked.boundingBox();
  expect(place?.y).toBeGreaterThan(200);
  expect(place?.y).toBeLessThan(600);

  scripts.resolve();
  await mina.room.live();
  await settled(page);
  expect((await marked.boundingBox())?.y).toBeCloseTo(place?.y ?? 0, 0);
});

test("a room opens at its first unread words, with the line above them in sight", async ({ server, mina, jun }) => {
  const room = await lobby(server, mina);
  await jun.room.enter(room.id);
  await jun.room.page.goto("/settings/profile");
  fill(server, room.id, mina, 30, "unread");
  await jun.room.enter(room.id);
  await expect(jun.room.page.getByTestId("unread-divider")).toBeInViewport();
  await expect(jun.room.message("30번째 말")).not.toBeInViewport();
});

function fill(server: TestServer, room: string, author: Account, count: number, state = "read"): void {
  const database = join(server.dataDir, "sarangbang.db");
  const args = ["tests/support/fill-room.ts", database, room, author.id, String(count), state];
  // Playwright's own limit cannot end what waits here.
  execFileSync(process.execPath, args, { timeout: 80_000 });
}

/** The topmost whole message and where it stands, once there is one. */
async function firstVisible(page: Page): Promise<{ number: number; top: number }> {
  return until("a whole message in the window", async () => (await visible(page))[0]);
}

async function visibleNumbers(page: Page): Promise<number[]> {
  return (await visible(page)).map(({ number }) => number);
}

/** In one step: the list takes rows out of the page while it scrolls. */
async function visible(page: Page): Promise<{ number: number; top: number }[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('[data-testid="timeline"]')?.getBoundingClientRect();
    return [...document.querySelectorAll('[data-testid="message"]')].flatMap((message) => {
      const { top, bottom } = message.getBoundingClientRect();
      const number = /(\d+)번째 말/.exec(message.textContent)?.[1];
      const isVisible = frame && top >= frame.top && bottom <= frame.bottom;
      return isVisible && number ? [{ number: Number(number), top: Math.round(top) }] : [];
    });
  });
}

/** Where the reader is, once the scroll has come to rest. */
async function settled(page: Page): Promise<{ number: number; top: number }> {
  let last = await firstVisible(page);
  // Scrolling ends slowly: two looks alone may fall into the same pixel.
  let alike = 0;
  await expect
    .poll(async () => {
      const now = await firstVisible(page);
      alike = now.top === last.top && now.number === last.number ? alike + 1 : 0;
      last = now;
      return alike;
    })
    .toBeGreaterThanOrEqual(3);
  return last;
}
