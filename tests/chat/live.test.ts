import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Room } from "#lib/chat/room.ts";
import { openStore, type Store } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { bodyOf, type Event, type OpenPlace, openPlace } from "./open-place.ts";

let place: OpenPlace;
/** The same file, as the command line opens it while the server runs. */
let outside: Store;
let mina: PersonActor;
let jun: PersonActor;
/** 미나 and 준 have both joined it. */
let room: Room;
let people = 0;
const connections: ReturnType<OpenPlace["connect"]>[] = [];

beforeAll(async () => {
  place = await openPlace({ grace: 30 });
  outside = await openStore(place.database.at);
  mina = await place.signIn("mina@example.com");
});
beforeEach(async () => {
  jun = await place.person(`준 ${++people}`);
  room = await place.chat.rooms.create(mina, { name: "이야기" });
  await place.chat.rooms.join(jun, room.id);
  place.events.length = 0;
});
afterEach(() => {
  for (const connection of connections.splice(0)) place.policy.disconnected(connection);
});
afterAll(async () => {
  await outside.close();
  await place.close();
});

/** Connected, with the inbox open. */
async function connect(actor: PersonActor) {
  const connection = place.connect(actor);
  connections.push(connection);
  await place.subscribe(actor, "/user/queue/inbox");
  return connection;
}

const isReview = (event: Event): event is Extract<Event, { review: object }> => "review" in event;
const published = (topic: string) =>
  place.events.flatMap((event) => (!isReview(event) && event.topic === topic ? [event] : []));
const inboxOf = (actor: PersonActor, suffix = ""): InboxEvent[] =>
  published(`/user/${actor.user}/queue/inbox${suffix}`).map(bodyOf);
const activity = (room: { id: string }) => published(`/topic/rooms/${room.id}/activity`).map(bodyOf);

/** What 준's inbox says of a room, in order. */
const newsOf = (room: { id: string }) =>
  inboxOf(jun).flatMap((event) =>
    event.type === "room" && event.room.id === room.id
      ? ["room"]
      : event.type === "room-gone" && event.room === room.id
        ? ["gone"]
        : [],
  );

/** Where somebody's review, or the first frame or review of a topic, stands among the events. */
const order = (name: string) =>
  place.events.findIndex((event) =>
    isReview(event) ? [...event.review.users, ...event.review.topics].includes(name) : event.topic === name,
  );

test("준 is taken out and 미나 goes on talking: his connections are reviewed before anything later is published", async () => {
  await place.chat.rooms.change(mina, room.id, { kind: "members" });
  place.events.length = 0;
  // In one turn: both end up in one batch of the writer.
  // One after the other: PostgreSQL may let a post that was sent at the same time go first.
  await place.chat.rooms.revoke(mina, room.id, jun.user);
  await place.post(mina, room, "이제 우리끼리");
  expect(order(jun.user)).toBeGreaterThanOrEqual(0);
  expect(order(`/topic/rooms/${room.id}`)).toBeGreaterThan(order(jun.user));
  const destinations = [`/topic/rooms/${room.id}`, "/user/queue/inbox"];
  expect(await place.policy.review({ id: "s", identity: jun }, destinations)).toEqual({
    end: [{ destination: `/topic/rooms/${room.id}`, code: "not-found" }],
  });
});

test("what is said after 준 was taken out does not even count in his inbox, and counts again once he is back", async () => {
  await place.chat.rooms.change(mina, room.id, { kind: "members" });
  await connect(jun);
  const counted = () => inboxOf(jun).filter((event) => event.type === "bump" && event.room === room.id).length;
  // One after the other: PostgreSQL may let a post that was sent at the same time go first.
  await place.chat.rooms.revoke(mina, room.id, jun.user);
  await place.post(mina, room, "이제 우리끼리");
  await until("the news", () => newsOf(room).includes("gone"));
  expect(counted()).toBe(0);
  // Out and in again before anything is read.
  await place.chat.rooms.grant(mina, room.id, jun.user);
  await Promise.all([
    place.chat.rooms.revoke(mina, room.id, jun.user),
    place.chat.rooms.grant(mina, room.id, jun.user),
  ]);
  await until("the room to be back", () => newsOf(room).at(-1) === "room");
  await place.post(mina, room, "다시 함께");
  await until("the message to count", () => counted() > 0, 2_000);
});

test("the command line takes 준 out while the server runs: the next message comes after the review", async () => {
  await place.chat.rooms.change(mina, room.id, { kind: "members" });
  place.events.length = 0;
  await outside.write("revoke", { actor: CONSOLE, now: Date.now(), room: room.id, user: jun.user });
  await place.post(mina, room, "이제 우리끼리");
  expect(order(jun.user)).toBeGreaterThanOrEqual(0);
  expect(order(`/topic/rooms/${room.id}`)).toBeGreaterThan(order(jun.user));
});

test("준 becomes an admin and the admins room appears; it is taken back and the room is gone", async () => {
  const admins = await place.chat.rooms.create(mina, { name: "운영", kind: "admins" });
  await connect(jun);
  await place.chat.people.changeOther(mina, jun.user, { role: "admin" });
  await until("the room to appear", () => newsOf(admins).includes("room"));
  expect(await place.chat.rooms.get(jun, admins.id)).toMatchObject({ joined: true, mayManage: true });
  await place.chat.people.changeOther(mina, jun.user, { role: "member" });
  await until("the room to go", () => newsOf(admins).at(-1) === "gone");
  expect(inboxOf(jun).findLast((event) => event.type === "me")).toMatchObject({ me: { role: "member" } });
});

test("a room that 준 may not know of is renamed and talked in, and his inbox says nothing at all", async () => {
  const hidden = await place.chat.rooms.create(mina, { name: "비밀", kind: "members" });
  await connect(jun);
  await place.chat.rooms.change(mina, hidden.id, { name: "더 비밀" });
  await place.post(mina, hidden, "아무도 몰라요");
  await place.chat.rooms.change(mina, room.id, { topic: "모두에게" });
  await until("the other room's news", () => newsOf(room).includes("room"));
  expect(JSON.stringify(inboxOf(jun))).not.toContain(hidden.id);
});

test("an open room is closed: whoever is not in it hears that it is gone, whoever closed it stays", async () => {
  const open = await place.chat.rooms.create(mina, { name: "열린 방" });
  await connect(jun);
  await place.chat.rooms.change(mina, open.id, { kind: "members" });
  await until("the room to go", () => newsOf(open).at(-1) === "gone");
  expect((await place.chat.rooms.get(mina, open.id)).mayManage).toBe(true);
  expect(order(`/topic/rooms/${open.id}`)).toBeGreaterThanOrEqual(0);
});

test("a hidden room and one that does not exist are the same, whatever is asked", async () => {
  const { id } = await place.chat.rooms.create(mina, { name: "비밀", kind: "members" });
  const answers = [id, "0123456789abcdefghjk"].map(async (hidden) => {
    const asked = [
      place.chat.rooms.get(jun, hidden),
      place.chat.rooms.members(jun, hidden),
      place.chat.rooms.join(jun, hidden),
      place.chat.rooms.leave(jun, hidden),
      place.chat.rooms.change(jun, hidden, { name: "x" }),
      place.chat.rooms.grant(jun, hidden, jun.user),
      place.chat.messages.page(jun, hidden, {}),
      place.subscribe(jun, `/topic/rooms/${hidden}`, { from: "0" }),
      place.subscribe(jun, `/topic/rooms/${hidden}/activity`),
      place.post(jun, { id: hidden }, "누구 있어요?", "k"),
    ];
    return (await Promise.allSettled(asked)).map((answer) =>
      answer.status === "rejected" ? { ...answer.reason } : "let in",
    );
  });
  const [hidden, absent] = await Promise.all(answers);
  expect(hidden).toEqual(absent);
  expect(hidden!.every((answer) => answer.code === "not-found")).toBe(true);
});

test("a burst of messages makes one bump at once and one afterwards, for everybody who has joined", async () => {
  await connect(mina);
  await connect(jun);
  for (let n = 1; n <= 10; n++) await place.post(mina, room, `${n}`);
  const bumps = (actor: PersonActor) => inboxOf(actor).filter((event) => event.type === "bump");
  await until("the last bump", () => bumps(jun).at(-1)?.seq === 10);
  expect(bumps(jun).length).toBeLessThan(5);
  expect(bumps(jun)).toEqual(bumps(mina));
  expect(inboxOf(mina).find((event) => event.type === "read" || event.type === "bump")).toMatchObject({ type: "read" });
});

test("a token that is limited to one room has an inbox that hears of no other", async () => {
  const other = await place.chat.rooms.create(mina, { name: "다른 방" });
  const bot = await place.withToken(mina.user, { rooms: [room.id] });
  await connect(bot);
  const { replay } = await place.subscribe(bot, "/user/queue/inbox");
  expect(bodyOf(replay[0]!).rooms.map(({ id }: Room) => id)).toEqual([room.id]);
  await place.chat.rooms.change(mina, other.id, { topic: "여기만" });
  await place.post(mina, other, "여기만");
  await place.chat.rooms.change(mina, room.id, { topic: "모두" });
  const heard = () => inboxOf(bot, `/${bot.via === "token" ? bot.token : ""}`);
  await until("the room's news", () => heard().some((event) => event.type === "room"));
  expect(JSON.stringify(heard())).not.toContain(other.id);
});

test("준 is here in his rooms, and gone a while after his last connection; a reload in between is not noticed", async () => {
  const presence = () => activity(room).filter((event) => event.type === "presence" && event.user === jun.user);
  const first = await connect(jun);
  await until("준 to be here", () => presence().length === 1);
  const { replay } = await place.subscribe(mina, `/topic/rooms/${room.id}/activity`);
  expect(bodyOf(replay[0]!)).toEqual({ type: "snapshot", online: [jun.user], typing: [] });
  const second = await connect(jun);
  place.policy.disconnected(first);
  place.policy.disconnected(second);
  const third = await connect(jun);
  expect(presence()).toEqual([{ type: "presence", user: jun.user, online: true }]);
  place.policy.disconnected(third);
  await until("준 to be gone", () => presence().length === 2);
  expect(presence()[1]).toEqual({ type: "presence", user: jun.user, online: false });
});

test("the typing line goes out with the message", async () => {
  const typing = { destination: `/app/rooms/${room.id}/typing`, headers: new Map(), body: Buffer.from('{"on":true}') };
  await place.policy.send({ id: "s", identity: jun }, typing);
  await place.post(jun, room, "다 썼어요");
  expect(activity(room).filter((event) => event.type === "typing")).toEqual([
    { type: "typing", user: jun.user, on: true },
    { type: "typing", user: jun.user, on: false },
  ]);
});

test("미나 changes her name, and everybody connected hears of it; her address stays with her", async () => {
  await connect(mina);
  await connect(jun);
  await place.chat.people.change(mina, { name: "김미나" });
  await until("the news", () => inboxOf(jun).some((event) => event.type === "person"));
  expect(inboxOf(jun)).toContainEqual({
    type: "person",
    person: expect.objectContaining({ id: mina.user, name: "김미나" }),
  });
  expect(JSON.stringify(inboxOf(jun))).not.toContain("mina@example.com");
  expect(inboxOf(mina)).toContainEqual({ type: "me", me: expect.objectContaining({ email: "mina@example.com" }) });
});

test("whoever looks at the room hears at once that 하은 joins, becomes its admin and leaves", async () => {
  const haeun = await place.person(`하은 ${people}`);
  const changes = () => activity(room).filter((event) => event.type === "members").length;
  const { rooms } = place.chat;
  for (const act of [
    () => rooms.join(haeun, room.id),
    () => rooms.grant(mina, room.id, haeun.user, "admin"),
    () => rooms.leave(haeun, room.id),
  ]) {
    const before = changes();
    await act();
    await until("the news", () => changes() > before, 2_000);
  }
});
