import { afterAll, beforeAll, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import { openChat } from "#server/chat/open-chat.ts";
import { openStore } from "#server/store/store.ts";
import { type OpenPlace, openPlace, PASSWORD } from "./open-place.ts";

const INBOX = "/user/queue/inbox";

let place: OpenPlace;
let mina: PersonActor;
let jun: PersonActor;

beforeAll(async () => {
  place = await openPlace();
  mina = await place.signIn("mina@example.com");
  jun = await place.person("준");
});
afterAll(() => place.close());

const nameAndStanding = { name: "준호", title: "총무" };
const account = { name: "하나", email: "hana@example.com", password: PASSWORD };

for (const [what, change, seen] of [
  ["a new name and title", () => place.chat.people.change(jun, nameAndStanding), nameAndStanding],
  [
    "another role",
    () => place.chat.people.changeOther(mina, jun.user, { role: "admin" }),
    { name: "준호", role: "admin" },
  ],
  ["a suspension", () => place.chat.people.changeOther(mina, jun.user, { suspended: true }), { suspended: true }],
  ["an account that was added", () => place.chat.people.add(CONSOLE, { ...account, role: "member" }), { name: "하나" }],
  ["somebody who joined by a link", joinByLink, { name: "두리" }],
  ["a new name of the place", () => place.chat.place.rename(mina, "별빛"), { name: "별빛", host: true }],
] as const) {
  test(`미나's next inbox knows of ${what}, though she has opened one before`, async () => {
    const before = await place.chat.inbox(mina);
    expect(before.people).not.toContainEqual(expect.objectContaining(seen));
    await change();
    const { people } = await place.chat.inbox(mina);
    expect(people).toContainEqual(expect.objectContaining(seen));
    expect(people).toEqual(await place.chat.people.list(mina));
  });
}

async function joinByLink(): Promise<void> {
  const { code } = await place.chat.invites.create(mina, { expiresInHours: 1, maxUses: 1 });
  await place.chat.people.join(code, { ...account, name: "두리", email: "duri@example.com" });
}

test("an inbox knows of what another process has changed before this one has heard of it", async () => {
  const store = await openStore({ ...place.database.at, pollEvery: 3_600_000 });
  const { chat, close } = await openChat({ store });
  await chat.inbox(mina);
  await place.chat.people.change(mina, { name: "미나리" });
  const { people } = await chat.inbox(mina);
  close();
  await store.close();
  expect(people).toContainEqual(expect.objectContaining({ id: mina.user, name: "미나리" }));
});

test("when somebody's access has ended, the people that are known already are not shown to them", async () => {
  const bot = await place.withToken(mina.user, { scopes: ["post"] });
  await place.chat.inbox(mina);
  await expect(place.subscribe(bot, INBOX)).rejects.toMatchObject({ code: "forbidden" });
  await expect(place.subscribe({ ...mina, user: jun.user }, INBOX)).rejects.toMatchObject({ code: "unauthenticated" });
});
