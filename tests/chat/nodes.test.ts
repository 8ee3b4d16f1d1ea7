import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { CONSOLE } from "#lib/chat/actor.ts";
import type { Room } from "#lib/chat/room.ts";
import { openStore } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { activityOf, arrive, inboxOf, numbers, openTwoNodes, SELDOM, streamOf, type TwoNodes } from "./two-nodes.ts";

let nodes: TwoNodes;
/** 미나 and 준 have both joined it; 준 listens on the other node. */
let room: Room;

beforeAll(async () => {
  // A commit waits for its poll: nothing that a test sees came that way.
  nodes = await openTwoNodes({ pollEvery: SELDOM, parkFor: 60 });
});
beforeEach(async () => {
  const { one, other, hub, mina, jun } = nodes;
  hub.holding = false;
  hub.fate = () => [1];
  room = await one.chat.rooms.create(mina, { name: "이야기", kind: "members" });
  await one.chat.rooms.grant(mina, room.id, jun.user);
  await other.store.know(one.store.known());
  await other.subscribe(jun, `/topic/rooms/${room.id}`);
  for (const { events } of [one, other]) events.length = 0;
});
afterAll(() => nodes.close());

const say = (text: string, clientId?: string) => nodes.one.post(nodes.mina, room, text, clientId);
const reached = (rev: number) =>
  until(`rev ${rev}`, () => streamOf(nodes.other, room).some(({ headers }) => headers.rev === String(rev)));

test("what 미나 says on her node is published on 준's, byte for byte, and her RECEIPT waits for nobody", async () => {
  const { one, other, mina, hub } = nodes;
  await one.subscribe(mina, `/topic/rooms/${room.id}`);
  hub.holding = true;
  await say("안녕하세요", `k-${room.id}`);
  expect(numbers(one, room)).toEqual(["0 1"]);
  expect(numbers(other, room)).toEqual([]);
  for (const parcel of hub.held.splice(0)) hub.release(parcel);
  expect(streamOf(other, room)).toEqual(streamOf(one, room));
});

test("hints that come late, twice and in the wrong order are published once each, in order", async () => {
  const { hub, other } = nodes;
  hub.holding = true;
  for (const text of ["하나", "둘", "셋", "넷"]) await say(text);
  // Signs of life may be among them.
  const [first, second, third, fourth] = hub.held.splice(0).filter(({ content }) => content.kind === "committed");
  for (const parcel of [third, first, first, fourth, third]) hub.release(parcel!);
  expect(numbers(other, room)).toEqual(["0 1"]);
  hub.release(second!);
  hub.release(second!);
  expect(numbers(other, room)).toEqual(["0 1", "1 2", "2 3", "3 4"]);
});

test("a hint that was lost is found in the database, a moment after the next one came", async () => {
  const { hub, other } = nodes;
  hub.fate = ({ content }) => (JSON.stringify(content).includes("사라짐") ? [] : [1]);
  await say("사라짐");
  await say("여기 있음");
  expect(numbers(other, room)).toEqual([]);
  await reached(2);
  expect(numbers(other, room)).toEqual(["0 1", "1 2"]);
});

test("준's own node never waits for the other's hint: what came before his message is read at once", async () => {
  const { hub, other, jun } = nodes;
  hub.holding = true;
  await say("늦게 오는 말");
  await other.post(jun, room, "먼저 온 말");
  await reached(2);
  expect(numbers(other, room)).toEqual(["0 1", "1 2"]);
  for (const parcel of hub.held.splice(0)) hub.release(parcel);
  expect(numbers(other, room)).toEqual(["0 1", "1 2"]);
});

test("a hint that is far ahead does not fill the memory: too many of them, and the database is asked", async () => {
  const { hub, other } = nodes;
  hub.fate = ({ content }) => (JSON.stringify(content).includes('"rev":1,') ? [] : [1]);
  for (let n = 1; n <= 70; n++) await say(`${n}`);
  await reached(70);
  expect(numbers(other, room)).toEqual(Array.from({ length: 70 }, (_, n) => `${n} ${n + 1}`));
});

test("a hint that comes while 하은 is being told where the room stands reaches her behind it", async () => {
  const { hub, one, other, jun } = nodes;
  const quiet = await one.chat.rooms.create(nodes.mina, { name: "조용한 방" });
  await one.post(nodes.mina, quiet, "처음");
  hub.holding = true;
  await one.post(nodes.mina, quiet, "두 번째");
  const opening = other.subscribe(jun, `/topic/rooms/${quiet.id}`, { from: "0" });
  await one.post(nodes.mina, quiet, "세 번째");
  for (const parcel of hub.held.splice(0).toReversed()) hub.release(parcel);
  const { head = 0, replay } = await opening;
  const live = () => streamOf(other, quiet).filter(({ position = 0 }) => position > head);
  await until("all three", () => replay.length + live().length >= 3);
  const seen = [...replay, ...live()].map(({ headers }) => `${headers.prev} ${headers.rev}`);
  expect(seen).toEqual(["0 1", "1 2", "2 3"]);
});

test("a hint that overtakes another one, while a late answer tells 하은 where the room stands, leaves no hole", async () => {
  const { hub, one, jun, join } = nodes;
  const slow = await openStore({ ...one.database.at, pollEvery: SELDOM });
  onTestFinished(() => slow.close());
  const answered = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const read = async (name: "replay", input: never) => {
    const answer = await slow.read(name, input);
    if (name === "replay") {
      answered.resolve();
      await gate.promise;
    }
    return answer;
  };
  const late = await join("late", { store: { ...slow, read: read as typeof slow.read } });
  await say("하나");
  const opening = late.subscribe(jun, `/topic/rooms/${room.id}`, { from: "0" });
  await answered.promise;
  hub.holding = true;
  for (const text of ["둘", "셋"]) await say(text);
  const third = hub.held.findLast(({ to }) => to === "late");
  await slow.know(one.store.known());
  hub.release(third!);
  gate.resolve();
  const { head, replay } = await opening;
  expect({ head, replayed: replay.length }).toEqual({ head: 1, replayed: 1 });
  await until("the other two", () => numbers(late, room).length >= 2);
  expect(numbers(late, room)).toEqual(["1 2", "2 3"]);
});

test("nothing that was said after 준 was taken out reaches his node before his connections are reviewed, however late its poll", async () => {
  const { one, other, mina, jun } = nodes;
  await one.chat.rooms.revoke(mina, room.id, jun.user);
  await say("이제 우리끼리");
  await reached(1);
  const review = other.events.findIndex((event) => "review" in event && event.review.users.includes(jun.user));
  const frame = other.events.findIndex((event) => "topic" in event && event.topic === `/topic/rooms/${room.id}`);
  expect(review).toBeGreaterThanOrEqual(0);
  expect(frame).toBeGreaterThan(review);
});

test("what is said after 준 was taken out does not count in his inbox on the other node, and neither does its typing show", async () => {
  const { one, other, mina, jun } = nodes;
  await arrive(other, jun);
  await one.chat.rooms.revoke(mina, room.id, jun.user);
  await say("이제 우리끼리");
  await reached(1);
  expect(inboxOf(other, jun).filter(({ type }) => type === "bump")).toEqual([]);
});

test("a hint of another history, of a newer version or of no sense is ignored and counted", async () => {
  const { other } = nodes;
  const before = other.live.counts().ignored;
  const hint = { kind: "typing", room: room.id, user: "x", on: true };
  const envelope = { v: 1, node: "three", epoch: await other.store.read("epoch"), asOf: 0 };
  const nonsense = ["", "{", "[]", "null", JSON.stringify({ ...envelope, v: 2, hint })];
  for (const text of nonsense) other.live.heard(text);
  other.live.heard(JSON.stringify({ ...envelope, hint: { kind: "dance" } }));
  other.live.heard(JSON.stringify({ ...envelope, epoch: "older", hint }));
  expect(other.live.counts().ignored - before).toBe(nonsense.length + 2);
  const lines = () => activityOf(other, room).filter(({ type }) => type === "typing");
  expect(lines()).toEqual([]);
  other.live.heard(JSON.stringify({ ...envelope, hint }));
  expect(lines()).toEqual([{ type: "typing", user: "x", on: true }]);
});

test("what a stranger to the broker says of a message that cannot be is ignored, and 준's node goes on", async () => {
  const { other, mina } = nodes;
  const posted = { type: "posted", room: room.id, rev: 1, countable: 1, author: mina.user, body: "{}", time: 0 };
  const envelope = { v: 1, node: "three", epoch: await other.store.read("epoch"), asOf: 0 };
  for (const nonsense of [{ time: 1e300 }, { time: 0.5 }, { clientId: "a\u0000b" }]) {
    const hint = { kind: "committed", room: room.id, effects: [{ ...posted, ...nonsense }] };
    other.live.heard(JSON.stringify({ ...envelope, hint }));
  }
  expect(numbers(other, room)).toEqual([]);
  await say("정말로");
  await reached(1);
});

test("미나 types on her node, 준 sees it on his, and it goes out with the message", async () => {
  const { one, other, mina } = nodes;
  const typing = { destination: `/app/rooms/${room.id}/typing`, headers: new Map(), body: Buffer.from('{"on":true}') };
  await one.policy.send({ id: "s", identity: mina }, typing);
  const lines = () => activityOf(other, room).filter(({ type }) => type === "typing");
  await until("the line", () => lines().length === 1);
  await say("다 썼어요");
  await until("its end", () => lines().length === 2);
  expect(lines()).toEqual([
    { type: "typing", user: mina.user, on: true },
    { type: "typing", user: mina.user, on: false },
  ]);
});

test("what 준 reads on one node is read on his other device, and 미나 sees how far he is", async () => {
  const { one, other, mina, jun } = nodes;
  await arrive(one, jun);
  await arrive(other, jun);
  await say("읽어 봐요");
  await reached(1);
  const read = { destination: `/app/rooms/${room.id}/read`, headers: new Map(), body: Buffer.from('{"seq":1}') };
  await other.policy.send({ id: "s", identity: jun }, read);
  const isRead = (event: { type: string; readSeq?: number }) => event.type === "read" && event.readSeq === 1;
  await until("the mark on the other device", () => inboxOf(one, jun).some(isRead));
  const shows = () =>
    activityOf(one, room).some(({ type, positions }) => type === "reads" && positions[jun.user] === 1);
  await until("the position", shows);
  expect(mina.user).not.toBe(jun.user);
});

test("the console's messages, of which nobody hints, arrive with the next look at the heads", async () => {
  const { one, hub, join, jun } = nodes;
  const third = await join("third", { checkHeadsEvery: 20 });
  await third.subscribe(jun, `/topic/rooms/${room.id}`);
  const messages = [{ id: `m-${room.id}`, author: jun.user, text: "밖에서", createdAt: 1 }];
  await one.store.write("importMessages", { actor: CONSOLE, now: 1, room: room.id, messages });
  await until("the message", () => streamOf(third, room).length === 1);
  expect(hub.parcels.filter(({ content }) => content.kind === "committed" && content.room === room.id)).toEqual([]);
});
