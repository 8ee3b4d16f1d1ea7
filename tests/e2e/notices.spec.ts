import { expect, type Locator } from "@playwright/test";
import { ko } from "#lib/i18n/ko.ts";
import { test } from "#tests/support/people.ts";
import { lobby } from "#tests/support/place.ts";

for (const width of [390, 1440]) {
  test(`a notice covers neither what 미나 writes and sends with nor the room's header (${width} px)`, async ({
    server,
    mina,
  }) => {
    const { page, composer } = mina.room;
    await page.setViewportSize({ width, height: 844 });
    await mina.room.enter((await lobby(server, mina)).id);
    await page.getByRole("button", { name: ko.chat.room.settings }).click();
    await page.getByRole("dialog").getByRole("button", { name: ko.common.save }).click();
    const notice = page.locator("[data-sonner-toast]", { hasText: ko.rooms.settings.saved });
    await expect(notice).toHaveAttribute("data-mounted", "true");
    for (const place of [composer, page.getByTestId("send"), page.getByRole("banner"), page.locator("header")]) {
      if ((await place.count()) > 0) expect(await overlap(notice, place.first())).toBe(0);
    }
  });
}

/** Square pixels that both cover. */
async function overlap(one: Locator, other: Locator): Promise<number> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (!a || !b) throw new Error("one of them is not shown");
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
