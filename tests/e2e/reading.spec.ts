import { expect } from "@playwright/test";
import { test } from "#tests/support/people.ts";
import { createRoom, lobby, unreadOf } from "#tests/support/place.ts";

/** Milliseconds that 준's browser takes to tell a size: first that of the window, and as long again for the rows that are drawn into it then. */
const LATE = 1_500;

test.beforeEach(async ({ jun }) => {
  await jun.room.page.addInitScript((late) => {
    const { ResizeObserver: Observer } = window;
    window.ResizeObserver = class extends Observer {
      constructor(callback: ResizeObserverCallback) {
        super((entries, observer) => setTimeout(() => callback(entries, observer), late));
      }
    };
  }, LATE);
});

test("what stands in 준's window counts as read, however late his browser measures it: a short room is never scrolled", async ({
  server,
  mina,
  jun,
}) => {
  const quiet = await createRoom(server, mina, { name: "조용한 방", kind: "members" }, [jun]);
  await jun.room.enter((await lobby(server, mina)).id);
  await mina.room.enter(quiet.id);
  await mina.room.say("보이세요?");
  const link = jun.room.link(quiet.id);
  await expect(link).toHaveAttribute("data-unread", "1");
  await link.click();
  await jun.room.sees("보이세요?");
  await expect(link).toHaveAttribute("data-unread", "0");
  await expect.poll(() => unreadOf(server, jun, quiet.id)).toBe(0);
});

test("what is long counts as read when 준 has seen it, and not because the list supposes that it is short", async ({
  server,
  mina,
  jun,
}) => {
  const long = await createRoom(server, mina, { name: "긴 글방", kind: "members" }, [jun]);
  await jun.room.enter((await lobby(server, mina)).id);
  await mina.room.enter(long.id);
  for (let n = 1; n <= 16; n++) await mina.room.say(`${n}번 글\n${"줄\n".repeat(12)}${n}번 끝`);
  const link = jun.room.link(long.id);
  await expect(link).toHaveAttribute("data-unread", "16");
  await link.click();
  await expect.poll(() => unreadOf(server, jun, long.id)).toBeLessThan(16);
  expect(await unreadOf(server, jun, long.id)).toBeGreaterThan(9);
  await jun.room.page.getByTestId("timeline").hover();
  await jun.room.page.mouse.wheel(0, 100_000);
  await expect.poll(() => unreadOf(server, jun, long.id)).toBe(0);
});
