import { expect } from "@playwright/test";
import { randomId } from "#lib/chat/ids.ts";
import { ko } from "#lib/i18n/ko.ts";
import { type Guest, test } from "#tests/support/people.ts";
import { type Account, ask, createRoom, lobby } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";
import { until } from "#tests/support/until.ts";
import { connectWire, type Wire } from "#tests/support/wire.ts";

test("an admins-only room and a room that does not exist are the same to 준: in his list, by address, over HTTP and over STOMP", async ({
  server,
  mina,
  jun,
}) => {
  const secret = await createRoom(server, mina, { name: "운영", kind: "admins" });
  const absent = randomId();

  await jun.room.page.goto("/");
  await jun.room.live();
  await expect(jun.room.link(secret.id)).toHaveCount(0);
  await expect(jun.room.page.getByText("운영")).toHaveCount(0);

  expect(await pageOf(jun, secret.id)).toEqual(await pageOf(jun, absent));
  for (const path of ["", "/messages", "/members"]) {
    const real = await ask(server, jun, "GET", `/api/rooms/${secret.id}${path}`);
    expect(real.status).toBe(404);
    expect(real).toEqual(await ask(server, jun, "GET", `/api/rooms/${absent}${path}`));
  }
  for (const kind of ["", "/activity"]) {
    const real = await subscribeRefusal(server, jun, `/topic/rooms/${secret.id}${kind}`);
    expect(real.headers.code).toBe("not-found");
    expect(real).toEqual(await subscribeRefusal(server, jun, `/topic/rooms/${absent}${kind}`));
  }
});

test("미나 makes 준 an admin and the room appears without a reload; she takes it back, it disappears, and nothing said afterwards reaches his socket", async ({
  server,
  mina,
  jun,
}) => {
  const secret = await createRoom(server, mina, { name: "운영", kind: "admins" });
  const open = await lobby(server, mina);
  const received = receivedBy(jun);
  await Promise.all([mina.room.enter(open.id), jun.room.enter(open.id)]);
  await jun.room.page.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
  await expect(jun.room.link(secret.id)).toHaveCount(0);

  await changeRole(mina, jun, ko.chat.people.makeAdmin);
  await expect(jun.room.link(secret.id)).toBeVisible();
  await jun.room.link(secret.id).click();
  await mina.room.link(secret.id).click();
  await expect(jun.room.page).toHaveURL(new RegExp(secret.id));
  await expect(mina.room.page).toHaveURL(new RegExp(secret.id));
  const wire = await wireOf(server, jun);
  wire.send("SUBSCRIBE", { id: "s", destination: `/topic/rooms/${secret.id}`, receipt: "in" });
  await wire.frame("RECEIPT", { "receipt-id": "in" });
  await mina.room.say("관리자끼리 하는 말");
  await jun.room.sees("관리자끼리 하는 말");
  await wire.frame("MESSAGE", { room: secret.id });

  await changeRole(mina, jun, ko.chat.people.takeAdminBack);
  await expect(jun.room.link(secret.id)).toHaveCount(0);
  await mina.room.say("준이 몰라야 하는 말");
  await mina.room.sees("준이 몰라야 하는 말");

  // A session without an inbox is told by ERROR and closed: whatever was sent to it has arrived by then.
  await wire.closed;
  expect(wire.frames.at(-1)?.command).toBe("ERROR");
  expect(wire.frames.filter((frame) => frame.body.includes("몰라야"))).toEqual([]);
  // His browser's socket stays; what is said in the open room afterwards comes behind anything it could have leaked.
  await mina.room.link(open.id).click();
  await expect(mina.room.page).toHaveURL(new RegExp(open.id));
  await mina.room.say("모두에게 하는 말");
  await until("the open room's message", () => received.some((frame) => frame.includes("모두에게 하는 말")), 10_000);
  expect(received.filter((frame) => frame.includes("몰라야"))).toEqual([]);
  await expect(jun.room.page.locator("[data-same-page]")).toHaveCount(1);
});

/** What the address of a room shows: status and every visible word. */
async function pageOf(guest: Guest, room: string) {
  const answer = await guest.room.page.goto(`/rooms/${room}`);
  await guest.room.live();
  const words = await guest.room.page.locator("body").innerText();
  return { status: answer?.status(), title: await guest.room.page.title(), words };
}

async function wireOf(server: TestServer, account: Account): Promise<Wire> {
  return connectWire(server.endpoint, { headers: { cookie: account.cookie, origin: server.origin } });
}

async function subscribeRefusal(server: TestServer, account: Account, destination: string) {
  const wire = await wireOf(server, account);
  wire.send("SUBSCRIBE", { id: "s", destination });
  const { headers, body } = await wire.frame("ERROR");
  return { headers, body: body.replaceAll(destination, "…"), closed: await wire.closed };
}

/** Every text frame that this person's browser gets. */
function receivedBy(guest: Guest): string[] {
  const frames: string[] = [];
  guest.room.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => frames.push(payload.toString())),
  );
  return frames;
}

async function changeRole(admin: Guest, person: Guest, words: string): Promise<void> {
  const panel = await admin.room.people(ko);
  await panel.getByRole("button", { name: ko.chat.people.menu(person.name) }).click();
  await admin.room.page.getByRole("menuitem", { name: words, exact: true }).click();
}
