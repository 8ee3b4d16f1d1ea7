import { expect } from "@playwright/test";
import { test } from "#tests/support/people.ts";
import { createRoom, lobby } from "#tests/support/place.ts";
import { connectAs, post } from "#tests/support/talk.ts";

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
