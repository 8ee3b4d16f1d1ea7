import { afterAll, beforeAll, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import { createSignInLimits } from "#server/chat/sign-in-limits.ts";
import { until } from "#tests/support/until.ts";
import { type OpenPlace, openPlace, outcome, PASSWORD } from "./open-place.ts";

const HOUR = 60 * 60 * 1_000;
let clock = Date.UTC(2026, 10, 22);
let place: OpenPlace;
let mina: PersonActor;

beforeAll(async () => {
  place = await openPlace({ claim: false, now: () => clock });
});
afterAll(() => place.close());

const setup = {
  ...{ placeName: "달빛", name: "미나", email: "mina@example.com", password: PASSWORD },
  language: "ko" as const,
};

test("미나 claims the place from two windows at once: one of them does, and finds one room that says how to invite", async () => {
  const claims = [setup, setup].map((claim) => outcome(place.chat.place.claim(claim)));
  // Which password was hashed first is chance.
  expect((await Promise.all(claims)).toSorted()).toEqual(["done", "not-found"]);
  expect(await place.chat.place.read()).toEqual({ name: "달빛", claimed: true, language: "ko" });
  mina = await place.signIn("mina@example.com");
  const rooms = await place.chat.rooms.list(mina);
  expect(rooms).toMatchObject([{ name: "모두의 방", kind: "open", joined: true, countable: 1, readCountable: 1 }]);
  const { messages } = await place.chat.messages.page(mina, rooms[0]!.id, {});
  expect(messages[0]!.text).toContain("초대");
  const people = await place.chat.people.list(mina);
  expect(people.find(({ id }) => id === messages[0]!.author)).toMatchObject({ name: "달빛", kind: "bot" });
});

const newcomer = (name: string) => ({ name, email: `${name}@example.com`, password: PASSWORD });

test("a link for two lets two of five people in who come at once, and they are in the room", async () => {
  const { code } = await place.chat.invites.create(mina, { maxUses: 2 });
  const names = ["하나", "두리", "세나", "네오", "다솜"];
  const outcomes = await Promise.all(
    names.map((name, index) => outcome(place.chat.people.join(code, newcomer(`n${index}${name}`)))),
  );
  expect(outcomes.filter((one) => one === "done")).toHaveLength(2);
  expect(outcomes.filter((one) => one === "not-found")).toHaveLength(3);
  expect(await place.chat.invites.look(code)).toBeUndefined();
  const [lobby] = await place.chat.rooms.list(mina);
  expect(await place.chat.rooms.members(mina, lobby!.id)).toHaveLength(3);
});

test("a link ends with its time, and when it is taken back", async () => {
  const short = await place.chat.invites.create(mina, { expiresInHours: 1 });
  const revoked = await place.chat.invites.create(mina, {});
  await place.chat.invites.revoke(mina, revoked.code);
  clock += HOUR;
  for (const { code } of [short, revoked])
    expect(await outcome(place.chat.people.join(code, newcomer("late")))).toBe("not-found");
  expect((await place.chat.invites.list(mina)).map(({ code }) => code)).not.toContain(short.code);
});

test("an address that is taken does not use the link up", async () => {
  const { code } = await place.chat.invites.create(mina, { maxUses: 1 });
  const taken = { ...newcomer("미나"), email: "mina@example.com" };
  await expect(place.chat.people.join(code, taken)).rejects.toMatchObject({ code: "forbidden", field: "email" });
  expect(await place.chat.invites.look(code)).toMatchObject({ uses: 0 });
});

test.each(["password123", "Qwer1234", "aaaaaaaaaa"])("the password %s is refused as too common", async (password) => {
  const common = place.chat.people.add(CONSOLE, { ...newcomer("common"), password, role: "member" });
  await expect(common).rejects.toMatchObject({ code: "malformed", field: "password" });
});

const knock = (input: object) =>
  outcome(
    place.chat.sessions.open({
      email: "mina@example.com",
      password: PASSWORD,
      address: "10.0.0.1",
      userAgent: "",
      ...input,
    }),
  );

test("a wrong password, an unknown address and a suspended person get the same answer", async () => {
  const jun = await place.person("suspended-jun");
  await place.chat.people.changeOther(mina, jun.user, { suspended: true });
  expect(await knock({ password: "something else" })).toBe("unauthenticated");
  expect(await knock({ email: "nobody@example.com" })).toBe("unauthenticated");
  expect(await knock({ email: "suspended-jun@example.com" })).toBe("unauthenticated");
  expect(await knock({ email: " MINA@example.com " })).toBe("done");
});

test("whoever guesses is slowed down, and 미나 signs in from her own address all the same", async () => {
  const limits = createSignInLimits({ pair: { points: 3, duration: 60 }, address: { points: 5, duration: 60 } });
  const guess = (address: string, account: string) => outcome(limits.take(address, account));
  expect([await guess("bad", "mina"), await guess("bad", "mina"), await guess("bad", "mina")]).toEqual(
    Array(3).fill("done"),
  );
  expect(await guess("bad", "mina")).toBe("rate-limited");
  expect(await guess("good", "mina")).toBe("done");
  expect([await guess("bad", "jun"), await guess("bad", "haeun")]).toEqual(["done", "done"]);
  expect(await guess("bad", "doyun")).toBe("rate-limited");
});

test("whoever has to wait counts for nothing more, whatever accounts are tried meanwhile", async () => {
  const limits = createSignInLimits({ pair: { points: 1, duration: 60 }, address: { points: 1, duration: 1 } });
  const take = (account: string) => outcome(limits.take("198.51.100.1", account));
  expect(await take("one@example.com")).toBe("done");
  expect(await take("other@example.com")).toBe("rate-limited");
  await until("the wait to be over", async () => (await take("other@example.com")) === "done");
});

test("a session ends with its time, by signing out, by a new password and by suspension", async () => {
  const jun = await place.person("session-jun");
  const email = "session-jun@example.com";
  const sessionOf = (actor: PersonActor) => (actor.via === "session" ? actor.session : "");
  const alive = (actor: PersonActor) => place.chat.sessions.actor(sessionOf(actor));
  await place.chat.sessions.close(sessionOf(jun));
  expect(await alive(jun)).toBeUndefined();

  const [here, there] = [await place.signIn(email), await place.signIn(email)];
  expect(await outcome(place.chat.people.changePassword(here, "not it", "another long one"))).toBe("forbidden");
  await place.chat.people.changePassword(here, PASSWORD, "another long one");
  expect([(await alive(here))?.user, await alive(there)]).toEqual([here.user, undefined]);
  expect(await outcome(place.chat.messages.page(there, "any", {}))).toBe("unauthenticated");

  await place.chat.people.setPassword(mina, here.user, "set by an admin");
  expect(await alive(here)).toBeUndefined();
  const last = await place.signIn(email);
  await place.chat.people.changeOther(mina, last.user, { suspended: true });
  expect(await alive(last)).toBeUndefined();

  await place.chat.people.changeOther(mina, last.user, { suspended: false });
  const expiring = await place.signIn(email);
  clock += 31 * 24 * HOUR;
  expect(await alive(expiring)).toBeUndefined();
  expect(await outcome(place.chat.rooms.list(expiring))).toBe("expired");
  mina = await place.signIn("mina@example.com");
});

test("a token does what its scopes say, in its rooms only, until it is taken back", async () => {
  const [lobby] = await place.chat.rooms.list(mina);
  const other = await place.chat.rooms.create(mina, { name: "다른 방" });
  const reader = await place.withToken(mina.user, { scopes: ["read"] });
  expect(await outcome(place.post(reader, lobby!, "안녕"))).toBe("forbidden");
  const bot = await place.withToken(mina.user, { rooms: [lobby!.id] });
  expect(await outcome(place.post(bot, lobby!, "안녕"))).toBe("done");
  expect(await outcome(place.post(bot, other, "안녕"))).toBe("not-found");
  expect((await place.chat.rooms.list(bot)).map(({ id }) => id)).toEqual([lobby!.id]);
  expect(await outcome(place.chat.rooms.change(bot, lobby!.id, { name: "내 방" }))).toBe("forbidden");
  expect(await outcome(place.chat.invites.create(bot, {}))).toBe("forbidden");
  await place.chat.tokens.revoke(mina, bot.via === "token" ? bot.token : "");
  expect(await outcome(place.post(bot, lobby!, "안녕"))).toBe("unauthenticated");
});

test("a token that may not read is refused a room it would be answered with, before anything is done", async () => {
  const keeper = await place.withToken(mina.user, { scopes: ["admin"] });
  const before = await place.chat.rooms.list(mina);
  expect(await outcome(place.chat.rooms.create(keeper, { name: "두 번 만들 방" }))).toBe("forbidden");
  expect(await outcome(place.chat.rooms.change(keeper, before[0]!.id, { topic: "새 주제" }))).toBe("forbidden");
  expect(await place.chat.rooms.list(mina)).toEqual(before);
});

test("members change nothing that belongs to the place, and the last admin stays one", async () => {
  const jun = await place.person("plain-jun");
  const refused = [
    place.chat.rooms.create(jun, { name: "내 방" }),
    place.chat.place.rename(jun, "내 집"),
    place.chat.people.changeOther(jun, jun.user, { role: "admin" }),
    place.chat.people.setPassword(jun, mina.user, "a new password"),
    place.chat.invites.create(jun, {}),
    place.chat.people.find(jun, { email: "mina@example.com" }),
    place.chat.tokens.list(jun, mina.user),
  ];
  expect(await Promise.all(refused.map(outcome))).toEqual(refused.map(() => "forbidden"));
  expect(await outcome(place.chat.people.changeOther(mina, mina.user, { role: "member" }))).toBe("forbidden");
  expect(await outcome(place.chat.people.changeOther(mina, mina.user, { suspended: true }))).toBe("forbidden");
});

test("two admins who take the role from each other at once leave one of them, and the last one is told why", async () => {
  const hana = await place.person("hana-admin", "admin");
  const take = (from: PersonActor, by: PersonActor) =>
    outcome(place.chat.people.changeOther(by, from.user, { role: "member" }));
  expect(await Promise.all([take(hana, mina), take(mina, hana)])).toEqual(["done", "forbidden"]);
  const lastAdmin = { code: "forbidden", field: "lastAdmin" };
  for (const changes of [{ role: "member" }, { suspended: true }] as const)
    await expect(place.chat.people.changeOther(mina, mina.user, changes)).rejects.toMatchObject(lastAdmin);
});

test("미나 sets 준's forgotten password, but her own only where the present one is asked for", async () => {
  const jun = await place.person("forgetful-jun");
  await place.chat.people.setPassword(mina, jun.user, "set by mina");
  expect(await outcome(place.chat.rooms.list(jun))).toBe("unauthenticated");
  const open = { email: "forgetful-jun@example.com", password: "set by mina", address: "10.2.0.1", userAgent: "" };
  expect(await outcome(place.chat.sessions.open(open))).toBe("done");
  expect(await outcome(place.chat.people.setPassword(mina, mina.user, "set by herself"))).toBe("forbidden");
  expect(await outcome(place.chat.people.setPassword(mina, jun.user, "password"))).toBe("malformed");
  expect(await outcome(place.chat.people.setPassword(mina, "nobody", "set by mina"))).toBe("not-found");
});

test("the place itself, which nobody signs in as, is nobody that 미나 could make an admin, suspend or give a password", async () => {
  const { people } = place.chat;
  const host = (await people.list(mina)).find((person) => person.host)!;
  const attempts = [
    people.changeOther(mina, host.id, { role: "admin" }),
    people.changeOther(mina, host.id, { suspended: true }),
    people.setPassword(mina, host.id, "set by mina"),
  ];
  expect(await Promise.all(attempts.map(outcome))).toEqual(attempts.map(() => "not-found"));
  expect((await people.list(mina)).find(({ id }) => id === host.id)).toEqual(host);
});
