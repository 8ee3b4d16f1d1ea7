import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { CONSOLE, type PersonActor } from "#lib/chat/actor.ts";
import type { Message } from "#lib/chat/message.ts";
import type { Room } from "#lib/chat/room.ts";
import { openStore } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { bodyOf, type OpenPlace, openPlace, outcome } from "./open-place.ts";
import { inboxOf, numbers, SELDOM, streamOf } from "./two-nodes.ts";

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

const messages = async () => (await place.chat.messages.page(mina, room.id, {})).messages;

/** Posts, and returns the message as everybody knows it. */
async function say(actor: PersonActor, text: string): Promise<Message> {
  const { seq } = await place.post(actor, room, text);
  return (await messages()).find((message) => String(message.seq) === seq) as Message;
}

const name = ({ id, seq }: Message) => ({ messageId: id, seq });

test("준 sees 미나's edit as the next rev of the same message, with its time and its client id", async () => {
  await place.subscribe(jun, `/topic/rooms/${room.id}`);
  await place.post(mina, room, "안녕하세여", `k-${room.id}`);
  const [said] = (await messages()) as [Message];
  await place.post(jun, room, "네");
  const receipt = await place.edit(mina, room, name(said), "안녕하세요");
  expect(receipt).toEqual({ rev: "3", seq: "1", "message-id": `${room.id}.3` });
  expect(numbers(place, room)).toEqual(["0 1", "1 2", "2 3"]);
  const frame = streamOf(place, room)[2]!;
  const { editedAt, ...rest } = bodyOf(frame);
  expect(rest).toEqual({ ...said, rev: 3, text: "안녕하세요" });
  expect(frame.headers).toMatchObject({ time: editedAt, "client-id": `k-${room.id}` });
  expect(await messages()).toMatchObject([{ ...rest, editedAt }, { text: "네" }]);
});

test("a deleted message says nothing any more, to those who are here and to those who come back", async () => {
  const said = await say(jun, "잘못 보냈어요");
  await place.edit(jun, room, name(said), "고쳐 봤지만");
  await place.subscribe(mina, `/topic/rooms/${room.id}`);
  expect(await place.delete(jun, room, name(said))).toMatchObject({ rev: "3", seq: "1" });
  const { replay } = await place.subscribe(mina, `/topic/rooms/${room.id}`, { from: "1" });
  const tombstone = { id: said.id, seq: 1, rev: 3, author: jun.user, text: "", deletedAt: expect.any(String) };
  expect(replay.map(({ headers, body }) => [headers.prev, headers.rev, JSON.parse(body)])).toEqual([
    ["1", "3", expect.objectContaining(tombstone)],
  ]);
  expect(bodyOf(streamOf(place, room).at(-1)!)).toEqual(bodyOf(replay[0]!));
  expect(await messages()).toMatchObject([tombstone]);
  expect((await messages())[0]).not.toHaveProperty("editedAt");
});

test("who was away meanwhile is sent each message once, in its present state and in the order of the last changes", async () => {
  const [first, second] = [await say(mina, "하나"), await say(mina, "둘")];
  await say(mina, "셋");
  await place.edit(mina, room, name(second), "둘째");
  await place.delete(mina, room, name(first));
  const { replay, head } = await place.subscribe(jun, `/topic/rooms/${room.id}`, { from: "0" });
  expect(replay.map(({ headers, body }) => [headers.prev, headers.rev, JSON.parse(body).text])).toEqual([
    ["0", "3", "셋"],
    ["3", "4", "둘째"],
    ["4", "5", ""],
  ]);
  expect(head).toBe(5);
});

test("a change that changes nothing takes no rev, and is answered with the present one", async () => {
  const said = await say(mina, "그대로");
  const edited = await place.edit(mina, room, name(said), "고침");
  expect(await place.edit(mina, room, name(said), "고침")).toEqual(edited);
  const deleted = await place.delete(mina, room, name(said));
  expect(await place.delete(mina, room, name(said))).toEqual(deleted);
  expect((await place.chat.rooms.get(mina, room.id)).head).toBe(3);
});

test("the retry of an edit is answered although the room was archived in between; another edit is refused", async () => {
  const said = await say(jun, "마지막");
  const receipt = await place.edit(jun, room, name(said), "마지막 말");
  await place.chat.rooms.change(mina, room.id, { archived: true });
  expect(await place.edit(jun, room, name(said), "마지막 말")).toEqual(receipt);
  expect(await outcome(place.edit(jun, room, name(said), "한 마디 더"))).toBe("archived");
  expect(await outcome(place.delete(jun, room, name(said)))).toBe("done");
});

test("edits and deletions move no counts and no read marks, and make nothing unread", async () => {
  await place.chat.rooms.join(jun, room.id);
  const said = await say(mina, "하나");
  await say(mina, "둘");
  const before = await place.chat.rooms.get(jun, room.id);
  place.connect(jun);
  await place.subscribe(jun, "/user/queue/inbox");
  place.events.length = 0;
  await place.edit(mina, room, name(said), "하나 고침");
  await place.delete(mina, room, name(said));
  expect(await place.chat.rooms.get(jun, room.id)).toEqual({ ...before, head: 4 });
  expect(inboxOf(place, jun)).toEqual([]);
});

test("what another process said counts, although the last thing it did was to change an older message", async () => {
  const quiet = await openPlace({ checkHeadsEvery: SELDOM });
  const outside = await openStore(quiet.database.at);
  onTestFinished(async () => {
    await outside.close();
    await quiet.close();
  });
  const admin = await quiet.signIn("mina@example.com");
  const { id } = await quiet.chat.rooms.create(admin, { name: "이야기" });
  await quiet.post(admin, { id }, "하나");
  const [said] = (await quiet.chat.messages.page(admin, id, {})).messages as [Message];
  quiet.connect(admin);
  for (const destination of ["/user/queue/inbox", `/topic/rooms/${id}`]) await quiet.subscribe(admin, destination);
  const messages = [{ id: "b1", author: jun.user, text: "밖에서", createdAt: 1 }];
  await outside.write("importMessages", { actor: CONSOLE, now: 1, room: id, messages });
  await outside.write("editMessage", { actor: admin, now: Date.now(), room: id, ...name(said), text: "고침" });
  quiet.live.returned();
  await until("the edit", () => streamOf(quiet, { id }).some(({ headers }) => headers.rev === "3"));
  const isCounted = (event: object) =>
    JSON.stringify(event) === JSON.stringify({ type: "bump", room: id, seq: 2, countable: 2 });
  await until("the count", () => inboxOf(quiet, admin).some(isCounted));
});

test("a deleted message cannot be edited any more, by anybody", async () => {
  const said = await say(jun, "지울 말");
  await place.delete(jun, room, name(said));
  for (const actor of [jun, mina])
    expect(await outcome(place.edit(actor, room, name(said), "되살리기"))).toBe("not-found");
});

test("a message is of its room alone, and one that is not there is not there", async () => {
  const said = await say(mina, "여기");
  const other = await place.chat.rooms.create(mina, { name: "다른 방" });
  await place.post(mina, other, "저기");
  for (const [where, which] of [
    [other, name(said)],
    [other, { messageId: said.id }],
    [room, { messageId: "n0where" }],
    [room, { messageId: said.id, seq: 2 }],
    [room, { messageId: said.id, seq: Number.MAX_SAFE_INTEGER }],
  ] as const) {
    expect(await outcome(place.edit(mina, where, which, "옮기기"))).toBe("not-found");
    expect(await outcome(place.delete(mina, where, which))).toBe("not-found");
  }
  expect(await messages()).toMatchObject([{ text: "여기", rev: 1 }]);
});

test("without its seq a message is found among the newest 500 of the room, however often those were changed", async () => {
  const old = await say(mina, "오래된 말");
  for (let batch = 0; batch < 5; batch += 1) {
    const some = Array.from({ length: 100 }, (_, n) => place.post(mina, room, `${batch} ${n}`));
    await Promise.all(some);
  }
  const first = (await place.chat.messages.page(mina, room.id, { after: old.seq, limit: 1 })).messages[0] as Message;
  expect(await outcome(place.edit(mina, room, { messageId: first.id }, "고침"))).toBe("done");
  expect(await outcome(place.edit(mina, room, { messageId: old.id }, "고침"))).toBe("not-found");
  expect(await outcome(place.edit(mina, room, name(old), "고침"))).toBe("done");
});

test.each([
  ["too long", "가".repeat(10_001), "too-long"],
  ["blank", " \n ", "malformed"],
  ["with a NUL", "a\0b", "malformed"],
  ["with a lone surrogate", "\ud800", "malformed"],
])("a text that is %s is no edit", async (_what, text, code) => {
  const said = await say(mina, "그대로");
  expect(await outcome(place.edit(mina, room, name(said), text))).toBe(code);
  expect(await messages()).toMatchObject([{ text: "그대로", rev: 1 }]);
});

test.each([{}, { messageId: 1 }, { messageId: "m\0" }, { messageId: "a", seq: 0 }, { messageId: "a", seq: "1" }])(
  "%j names no message",
  async (named) => {
    expect(await outcome(place.delete(mina, room, named as never))).toBe("malformed");
  },
);

test("a token edits and takes back its own with `post`, and takes away others' with `admin` alone", async () => {
  const [own, theirs] = [await say(mina, "미나"), await say(jun, "준")];
  const poster = await place.withToken(mina.user, { scopes: ["read", "post"] });
  const admin = await place.withToken(mina.user, { scopes: ["read", "admin"] });
  expect(await outcome(place.edit(admin, room, name(own), "고침"))).toBe("forbidden");
  expect(await outcome(place.edit(poster, room, name(own), "고침"))).toBe("done");
  expect(await outcome(place.delete(poster, room, name(theirs)))).toBe("forbidden");
  expect(await outcome(place.delete(admin, room, name(own)))).toBe("forbidden");
  expect(await outcome(place.delete(admin, room, name(theirs)))).toBe("done");
  expect(await outcome(place.delete(poster, room, name(own)))).toBe("done");
});

test("who takes away somebody else's message is in the audit log, without what it said; who takes back their own is not", async () => {
  const [own, theirs] = [await say(mina, "내가 한 말"), await say(jun, "지워질 말")];
  await place.delete(mina, room, name(own));
  await place.delete(mina, room, name(theirs));
  await place.delete(mina, room, name(theirs));
  const rows = await place.database.rows(
    `select actor, action, subject, detail from audit where action = 'message.delete' and subject = '${room.id}'`,
  );
  expect(rows).toEqual([
    { actor: mina.user, action: "message.delete", subject: room.id, detail: `${theirs.id} ${jun.user}` },
  ]);
});
