import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonActor } from "#lib/chat/actor.ts";
import { type OpenPlace, openPlace, outcome, PASSWORD } from "./open-place.ts";

let place: OpenPlace;
let mina: PersonActor;
let jun: PersonActor;
let people = 0;

beforeAll(async () => {
  place = await openPlace();
  mina = await place.signIn("mina@example.com");
});
beforeEach(async () => {
  jun = await place.person(`jun${++people}`, "admin");
});
afterAll(() => place.close());

const join = (code: string) =>
  outcome(place.chat.people.join(code, { name: "하은", email: `haeun${++people}@example.com`, password: PASSWORD }));
const codes = async () => (await place.chat.invites.list(mina)).map(({ code }) => code);

for (const [what, loss] of [
  ["is no admin any more", { role: "member" }],
  ["is suspended", { suspended: true }],
] as const) {
  test(`a link that 준 made lets nobody in when he ${what}, and is in no list`, async () => {
    const { code } = await place.chat.invites.create(jun, {});
    expect([(await place.chat.invites.look(code))?.code, await codes()]).toEqual([code, [code]]);
    await place.chat.people.changeOther(mina, jun.user, loss);
    expect([await place.chat.invites.look(code), await codes()]).toEqual([undefined, []]);
    expect(await join(code)).toBe("not-found");
    // Looking comes before the hash; the transaction that uses the link asks again.
    const person = {
      id: "late",
      email: null,
      name: "늦은",
      role: "member",
      kind: "person",
      passwordHash: null,
    } as const;
    expect(await outcome(place.store.write("join", { code, now: Date.now(), person }))).toBe("not-found");
  });
}

test("a link that the console made needs nobody's rights", async () => {
  const { code } = await place.chat.invites.create({ via: "console" }, {});
  expect(await join(code)).toBe("done");
});

const alive = (bot: PersonActor) => outcome(place.chat.people.me(bot));

test("준's bots go on when he changes his password, and end when an admin sets it", async () => {
  const bot = await place.withToken(jun.user, {});
  await place.chat.people.changePassword(jun, PASSWORD, "another long one");
  expect(await alive(bot)).toBe("done");
  place.events.length = 0;
  await place.chat.people.setPassword(mina, jun.user, "set by an admin");
  expect(await alive(bot)).toBe("unauthenticated");
  expect(await place.chat.tokens.list(mina, jun.user)).toEqual([]);
  expect(place.events).toContainEqual({ review: { users: [jun.user], topics: [] } });
});

test("준's bots can do nothing while he is suspended", async () => {
  const bot = await place.withToken(jun.user, {});
  await place.chat.people.changeOther(mina, jun.user, { suspended: true });
  expect(await alive(bot)).toBe("unauthenticated");
  await place.chat.people.changeOther(mina, jun.user, { suspended: false });
  expect(await alive(bot)).toBe("done");
});
