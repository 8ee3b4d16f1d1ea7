import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import type { Room } from "#lib/chat/room.ts";
import { bodyOf, type OpenPlace, openPlace, outcome } from "./open-place.ts";

let place: OpenPlace;
let mina: PersonActor;
let jun: PersonActor;
let room: Room;

beforeAll(async () => {
  place = await openPlace();
  mina = await place.signIn("mina@example.com");
  jun = await place.person("준");
});
beforeEach(async () => {
  room = await place.chat.rooms.create(mina, { name: "이야기" });
});
afterAll(() => place.close());

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `x${index}`,
    author: mina.user,
    text: `${index + 1}번`,
    createdAt: index,
  }));
const importMany = (count: number) =>
  place.store.write("importMessages", { actor: CONSOLE, now: 1, room: room.id, messages: many(count) });
const seqs = (page: { messages: { seq: number }[] }) => page.messages.map(({ seq }) => seq);

test("준 sends the same message five times at once: one is stored, and all five hear of the same one", async () => {
  const receipts = await Promise.all(
    Array.from({ length: 5 }, () => place.post(jun, room, "한 번만", `once-${room.id}`)),
  );
  expect(receipts).toEqual(Array(5).fill({ rev: "1", seq: "1", "message-id": `${room.id}.1` }));
  expect((await place.chat.messages.page(jun, room.id, {})).messages).toMatchObject([{ text: "한 번만", seq: 1 }]);
});

test("a retry after the room was archived returns the first result; a new message is refused", async () => {
  const receipt = await place.post(jun, room, "마지막", `last-${room.id}`);
  await place.chat.rooms.change(mina, room.id, { archived: true });
  expect(await place.post(jun, room, "마지막", `last-${room.id}`)).toEqual(receipt);
  expect(await outcome(place.post(jun, room, "더", `more-${room.id}`))).toBe("archived");
});

test("a client id that was used in another room is a mistake, and stores nothing", async () => {
  const other = await place.chat.rooms.create(mina, { name: "다른 방" });
  await place.post(jun, room, "여기", `twice-${room.id}`);
  expect(await outcome(place.post(jun, other, "저기", `twice-${room.id}`))).toBe("malformed");
  expect((await place.chat.messages.page(jun, other.id, {})).messages).toEqual([]);
});

test("two people may use the same client id", async () => {
  await place.post(jun, room, "준", `same-${room.id}`);
  expect(await place.post(mina, room, "미나", `same-${room.id}`)).toMatchObject({ rev: "2" });
});

test("posting in an open room joins it, and one's own message is read", async () => {
  expect((await place.chat.rooms.get(jun, room.id)).joined).toBe(false);
  await place.post(jun, room, "들어왔어요");
  expect(await place.chat.rooms.get(jun, room.id)).toMatchObject({
    joined: true,
    readSeq: 1,
    readCountable: 1,
    countable: 1,
  });
});

test("whoever joins starts with nothing unread, and counts what comes afterwards", async () => {
  await place.post(mina, room, "전에");
  await place.chat.rooms.join(jun, room.id);
  await place.post(mina, room, "뒤에 하나");
  await place.post(mina, room, "뒤에 둘");
  expect(await place.chat.rooms.get(jun, room.id)).toMatchObject({ countable: 3, readCountable: 1, readSeq: 1 });
});

test("a read mark moves forward only, and not beyond the last message", async () => {
  await place.chat.rooms.join(jun, room.id);
  for (const text of ["하나", "둘", "셋"]) await place.post(mina, room, text);
  const read = (seq: number) =>
    place.policy.send(
      { id: "s", identity: jun },
      { destination: `/app/rooms/${room.id}/read`, headers: new Map(), body: Buffer.from(JSON.stringify({ seq })) },
    );
  await read(2);
  expect(await place.chat.rooms.get(jun, room.id)).toMatchObject({ readSeq: 2, readCountable: 2 });
  await read(1);
  expect(await place.chat.rooms.get(jun, room.id)).toMatchObject({ readSeq: 2, readCountable: 2 });
  await read(900);
  expect(await place.chat.rooms.get(jun, room.id)).toMatchObject({ readSeq: 3, readCountable: 3 });
});

test("pages go back and forth by seq, and say whether there is more", async () => {
  await importMany(30);
  const page = (at: object) => place.chat.messages.page(jun, room.id, { limit: 10, ...at });
  const newest = await page({});
  expect(seqs(newest)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
  expect(newest).toMatchObject({ head: 30, more: { before: true, after: false } });
  expect(seqs(await page({ before: 4 }))).toEqual([1, 2, 3]);
  expect((await page({ before: 4 })).more).toEqual({ before: false, after: true });
  expect(seqs(await page({ after: 28 }))).toEqual([29, 30]);
  expect(seqs(await page({ around: 15 }))).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  expect(seqs(await page({ before: 1 }))).toEqual([]);
  expect((await page({ before: 1 })).more).toEqual({ before: false, after: true });
});

test("a subscription from a cursor begins with everything changed since, in order, each naming the one before", async () => {
  await importMany(5);
  const { replay, receipt } = await place.subscribe(jun, `/topic/rooms/${room.id}`, { from: "2" });
  expect(replay.map(({ headers }) => [headers.prev, headers.rev])).toEqual([
    ["2", "3"],
    ["3", "4"],
    ["4", "5"],
  ]);
  expect(replay.map((publication) => bodyOf(publication).text)).toEqual(["3번", "4번", "5번"]);
  expect(receipt).toMatchObject({ head: "5" });
  expect(receipt).not.toHaveProperty("reset");
});

test("500 missed messages are replayed; with one more the client is told to load anew", async () => {
  await importMany(501);
  const from = (cursor: string) => place.subscribe(jun, `/topic/rooms/${room.id}`, { from: cursor });
  expect((await from("1")).replay).toHaveLength(500);
  expect(await from("0")).toMatchObject({ replay: [], head: 501, receipt: { head: "501", reset: "true" } });
});

test.each([
  ["from above the head", { from: "4" }],
  ["of another epoch", { from: "1", epoch: "restored" }],
])("a cursor %s gets a reset", async (_what, headers) => {
  await importMany(3);
  expect(await place.subscribe(jun, `/topic/rooms/${room.id}`, headers)).toMatchObject({
    replay: [],
    receipt: { reset: "true" },
  });
});

test.each([
  ["too long", Buffer.from("가".repeat(10_001)), "text/plain", "too-long"],
  ["too long by half an emoji", Buffer.from(`${"가".repeat(9_999)}🌙`), "text/plain", "too-long"],
  ["blank", Buffer.from(" \n "), "text/plain", "malformed"],
  ["with a NUL", Buffer.from("a\0b"), "text/plain", "malformed"],
  ["no UTF-8", Buffer.from([0x41, 0xff]), "text/plain", "malformed"],
  ["with a lone surrogate", Buffer.from('{"text":"\\ud800"}'), "application/json", "malformed"],
  ["no JSON", Buffer.from("{"), "application/json", "malformed"],
  ["JSON without a text", Buffer.from('{"clientId":"a"}'), "application/json", "malformed"],
] as const)("a text that is %s is refused", async (_what, body, type, code) => {
  const request = { destination: `/app/rooms/${room.id}/post`, headers: new Map([["content-type", type]]), body };
  expect(await outcome(place.policy.send({ id: "s", identity: jun }, request))).toBe(code);
});

test("a text of exactly 10,000 units is posted, as JSON or as it is", async () => {
  const text = "가".repeat(10_000);
  const json = { destination: `/app/rooms/${room.id}/post`, headers: new Map([["content-type", "application/json"]]) };
  await place.policy.send(
    { id: "s", identity: jun },
    { ...json, body: Buffer.from(JSON.stringify({ text, clientId: `j${room.id}` })) },
  );
  await place.post(jun, room, text);
  expect((await place.chat.messages.page(jun, room.id, {})).messages).toMatchObject([
    { text, clientId: `j${room.id}` },
    { text },
  ]);
});
