import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonActor } from "#lib/chat/actor.ts";
import type { Room } from "#lib/chat/room.ts";
import { until } from "#tests/support/until.ts";
import type { OpenPlace } from "./open-place.ts";
import { activityOf, arrive, inboxOf, online, openTwoNodes, type TwoNodes, untilOnline } from "./two-nodes.ts";

const TIMES = { grace: 600, nodeTimes: { beat: 50, silence: 1_200 } };
/** Another beat would be another word to wait for. */
const PATIENT = { nodeTimes: { beat: 50, silence: 60_000 } };

let nodes: TwoNodes;
let room: Room;
type Session = Awaited<ReturnType<typeof arrive>>;
const connections: [OpenPlace, Session][] = [];

beforeAll(async () => {
  nodes = await openTwoNodes(TIMES);
});
beforeEach(async () => {
  const { one, other, mina, jun, hub } = nodes;
  for (const [place, session] of connections.splice(0)) place.policy.disconnected(session);
  hub.fate = () => [1];
  room = await one.chat.rooms.create(mina, { name: "이야기" });
  await one.chat.rooms.join(jun, room.id);
  await other.store.know(one.store.known());
});
afterAll(() => nodes.close());

async function connect(place: OpenPlace, actor: PersonActor) {
  const session = await arrive(place, actor);
  connections.push([place, session]);
  return session;
}

function leave(place: OpenPlace, session: Session): void {
  place.policy.disconnected(session);
  connections.splice(
    connections.findIndex(([, each]) => each === session),
    1,
  );
}

const presence = (place: TwoNodes["one"], user: string) =>
  activityOf(place, room).flatMap((event) => (event.type === "presence" && event.user === user ? [event.online] : []));

test("미나 and 준 see each other, each on a node of their own", async () => {
  const { one, other, mina, jun } = nodes;
  await connect(one, mina);
  await connect(other, jun);
  await untilOnline(one, mina, room, [mina.user, jun.user]);
  await untilOnline(other, jun, room, [mina.user, jun.user]);
});

test("a node that begins to heed a room is told who was there before", async () => {
  const { one, mina, jun, join } = nodes;
  await connect(one, mina);
  const late = await join("late");
  await untilOnline(late, jun, room, [mina.user]);
});

test("준 goes on to another node within the grace, and nobody sees him leave", async () => {
  const { one, other, mina, jun } = nodes;
  await connect(one, mina);
  const session = await connect(other, jun);
  await until("준 to be seen", () => presence(one, jun.user).includes(true));
  leave(other, session);
  await connect(one, jun);
  // Departures after his: what was told before has arrived.
  const third = await other.person("서연");
  await one.chat.rooms.join(third, room.id);
  const passing = await connect(other, third);
  leave(other, passing);
  await until("서연 to be gone", () => presence(one, third.user).includes(false));
  expect(presence(one, jun.user)).not.toContain(false);
  expect(presence(other, jun.user)).not.toContain(false);
  await untilOnline(other, jun, room, [mina.user, jun.user]);
});

test("준 is gone for both nodes after his last connection", async () => {
  const { one, other, mina, jun } = nodes;
  await connect(one, mina);
  const session = await connect(other, jun);
  await untilOnline(one, mina, room, [mina.user, jun.user]);
  leave(other, session);
  await until("준 to be gone", () => presence(one, jun.user).includes(false));
  await untilOnline(one, mina, room, [mina.user]);
});

test("the people of a node that fell silent are gone, and back when it is heard again", async () => {
  const { one, other, mina, jun, hub } = nodes;
  await connect(one, mina);
  await connect(other, jun);
  await untilOnline(one, mina, room, [mina.user, jun.user]);
  hub.cut("one", "other");
  await until("준 to be gone", () => presence(one, jun.user).includes(false));
  await untilOnline(one, mina, room, [mina.user]);
  hub.mend("one", "other");
  await untilOnline(one, mina, room, [mina.user, jun.user]);
  await untilOnline(other, jun, room, [mina.user, jun.user]);
});

test("the people of a node that ends are gone after the grace, unless they are back on another one", async () => {
  const { one, mina, jun, join } = nodes;
  const third = await join("ending", PATIENT);
  const watching = await join("watching", PATIENT);
  await connect(third, jun);
  await connect(third, mina);
  await untilOnline(watching, jun, room, [mina.user, jun.user]);
  third.live.close();
  await connect(one, mina);
  await until("준 to be gone", () => presence(watching, jun.user).includes(false));
  await untilOnline(watching, jun, room, [mina.user]);
  expect(presence(watching, mina.user)).not.toContain(false);
});

test("a lost departure is noticed by the next beat, and a late arrival does not undo a departure", async () => {
  const { one, other, mina, jun, hub } = nodes;
  await connect(one, mina);
  const haeun = await one.person("하은");
  await one.chat.rooms.join(haeun, room.id);
  await other.store.know(one.store.known());
  await connect(other, haeun);
  await untilOnline(one, mina, room, [mina.user, haeun.user]);
  const isOfJun = ({ content }: { content: { kind: string; user?: unknown } }) =>
    content.kind === "presence" && content.user === jun.user;
  hub.fate = (parcel) => (isOfJun(parcel) && parcel.content.online === false ? [] : [1]);
  const session = await connect(other, jun);
  await untilOnline(one, mina, room, [mina.user, jun.user, haeun.user]);
  leave(other, session);
  await untilOnline(one, mina, room, [mina.user, haeun.user]);
  for (const parcel of hub.parcels.filter((each) => isOfJun(each) && each.to === "one")) {
    if (parcel.content.online === true) hub.release(parcel);
  }
  expect((await online(one, mina, room)).includes(jun.user)).toBe(false);
});

test("준 is taken out of the room, and is not here any more on either node", async () => {
  const { one, other, mina, jun } = nodes;
  await connect(one, mina);
  await connect(other, jun);
  await untilOnline(one, mina, room, [mina.user, jun.user]);
  await one.chat.rooms.revoke(mina, room.id, jun.user);
  await untilOnline(one, mina, room, [mina.user]);
  await untilOnline(other, mina, room, [mina.user]);
});

test("a room with very many people is told in parts", async () => {
  const { one, other, mina, hub } = nodes;
  const users = Array.from({ length: 2_500 }, (_, n) => `user${n}`);
  await connect(one, mina);
  await other.subscribe(mina, `/topic/rooms/${room.id}/activity`);
  const { node, epoch } = { node: "huge", epoch: await one.store.read("epoch") };
  const say = (hint: object) => other.live.heard(JSON.stringify({ v: 1, node, epoch, asOf: 0, hint }));
  const parts = [users.slice(0, 1_000), users.slice(1_000, 2_000), users.slice(2_000)];
  for (const part of [2, 0]) say({ kind: "here", room: room.id, n: 7, part, parts: 3, users: parts[part] });
  expect((await online(other, mina, room)).length).toBeLessThan(3);
  say({ kind: "here", room: room.id, n: 7, part: 1, parts: 3, users: parts[1] });
  expect((await online(other, mina, room)).length).toBeGreaterThanOrEqual(2_500);
  expect(hub.parcels.length).toBeGreaterThan(0);
});

test("unread counts of a room that nobody has open are made up for when the relay is back", async () => {
  const { one, other, mina, jun, hub } = nodes;
  await connect(other, jun);
  hub.fate = () => [];
  await one.post(mina, room, "들리지 않는 말");
  hub.fate = () => [1];
  const bumps = () => inboxOf(other, jun).filter(({ type, room: of }) => type === "bump" && of === room.id);
  expect(bumps()).toEqual([]);
  other.live.returned();
  await until("the count", () => bumps().length > 0);
  expect(bumps()).toEqual([{ type: "bump", room: room.id, seq: 1, countable: 1 }]);
});

test("unread counts are made up for although nobody noticed that a hint was lost", async () => {
  const { one, mina, jun, join, hub } = nodes;
  const third = await join("third", { checkHeadsEvery: 20 });
  await connect(third, jun);
  hub.fate = () => [];
  await one.post(mina, room, "들리지 않는 말");
  const bumps = () => inboxOf(third, jun).filter(({ type, room: of }) => type === "bump" && of === room.id);
  await until("the count", () => bumps().length > 0);
  expect(bumps()).toEqual([{ type: "bump", room: room.id, seq: 1, countable: 1 }]);
});
