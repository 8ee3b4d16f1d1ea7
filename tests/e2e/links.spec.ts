import { expect } from "@playwright/test";
import { test } from "#tests/support/people.ts";
import { createRoom, lobby } from "#tests/support/place.ts";
import { connectAs, post } from "#tests/support/talk.ts";

test.use({ settings: { SEND_BURST: "1000" } });

test("미나 follows links to a room and to a message of this place, and back, without her page being loaded again", async ({
  server,
  mina,
}) => {
  const home = await lobby(server, mina);
  const other = await createRoom(server, mina, { name: "개발", kind: "open" });
  const wire = await connectAs(server, mina);
  await post(wire, other.id, "배포는 화요일입니다");
  await post(wire, home.id, `${server.origin}/rooms/${other.id}`);
  await post(wire, home.id, `${server.origin}/rooms/${other.id}/1`);
  const { page } = mina.room;
  await mina.room.enter(home.id);
  await page.evaluate(() => document.body.setAttribute("data-same-page", "yes"));

  for (const path of [`/rooms/${other.id}`, `/rooms/${other.id}/1`]) {
    await mina.room.messages.locator(`a[href="${server.origin}${path}"]`).click();
    await expect(page).toHaveURL(server.origin + path);
    await mina.room.sees("배포는 화요일입니다");
    await page.goBack();
    await expect(page).toHaveURL(`${server.origin}/rooms/${home.id}`);
  }
  await expect(page.locator("[data-same-page]")).toHaveCount(1);
});

test("미나 follows a link to an old message, and by the list of rooms she is back at the newest words", async ({
  server,
  mina,
}) => {
  const { id } = await lobby(server, mina);
  const wire = await connectAs(server, mina);
  for (let line = 1; line <= 200; line++) await post(wire, id, `이야기 ${line}.`);
  await post(wire, id, `${server.origin}/rooms/${id}/40`);
  await mina.room.enter(id);
  await mina.room.messages.locator(`a[href$="/${id}/40"]`).click();
  await expect(mina.room.page.locator('[data-testid="message"][data-seq="40"]')).toBeInViewport();
  await mina.room.link(id).click();
  await expect(mina.room.message("이야기 200.")).toBeInViewport();
  await mina.room.page.goBack();
  await expect(mina.room.page.locator('[data-testid="message"][data-seq="40"]')).toBeInViewport();
});
