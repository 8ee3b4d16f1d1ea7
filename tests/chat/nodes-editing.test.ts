import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#lib/chat/message.ts";
import type { Room } from "#lib/chat/room.ts";
import { until } from "#tests/support/until.ts";
import { bodyOf } from "./open-place.ts";
import { activityOf, arrive, inboxOf, numbers, openTwoNodes, SELDOM, streamOf, type TwoNodes } from "./two-nodes.ts";

let nodes: TwoNodes;
/** 준 listens to it on the other node. */
let room: Room;
/** What 미나 has said in it, as rev 1. */
let said: Message;

beforeAll(async () => {
  nodes = await openTwoNodes({ pollEvery: SELDOM, parkFor: 60 });
});
beforeEach(async () => {
  const { one, other, hub, mina, jun } = nodes;
  hub.fate = () => [1];
  room = await one.chat.rooms.create(mina, { name: "이야기" });
  await one.chat.rooms.join(jun, room.id);
  await other.store.know(one.store.known());
  await other.subscribe(jun, `/topic/rooms/${room.id}`);
  await one.subscribe(mina, `/topic/rooms/${room.id}`);
  await one.post(mina, room, "안녕하세여", `k-${room.id}`);
  said = (await one.chat.messages.page(mina, room.id, {})).messages[0] as Message;
  await reached(1);
});
afterAll(() => nodes.close());

const named = () => ({ messageId: said.id, seq: said.seq });
const edit = (text: string) => nodes.one.edit(nodes.mina, room, named(), text);
const remove = () => nodes.one.delete(nodes.mina, room, named());
const reached = (rev: number) =>
  until(`rev ${rev}`, () => streamOf(nodes.other, room).some(({ headers }) => headers.rev === String(rev)));

test("what 미나 edits and deletes on her node is published on 준's, byte for byte", async () => {
  const { one, other } = nodes;
  await edit("안녕하세요");
  await remove();
  await reached(3);
  expect(streamOf(other, room).map(({ body }) => JSON.parse(body).text)).toEqual(["안녕하세여", "안녕하세요", ""]);
  expect(streamOf(other, room)).toEqual(streamOf(one, room));
});

test("a node that does not know such hints yet, or lost them, finds the present state behind the next message", async () => {
  const { one, other, hub, mina } = nodes;
  hub.fate = ({ content }) => (JSON.stringify(content).includes("revised") ? [] : [1]);
  await edit("안녕하세요");
  await edit("안녕하세요!");
  await one.post(mina, room, "다음 말");
  await reached(4);
  expect(numbers(other, room)).toEqual(["0 1", "1 3", "3 4"]);
  expect(streamOf(other, room).map(({ body }) => JSON.parse(body).text)).toEqual([
    "안녕하세여",
    "안녕하세요!",
    "다음 말",
  ]);
});

test("in a quiet room it finds them with its next look at the heads, and counts what was said before them", async () => {
  const { one, hub, mina, jun, join } = nodes;
  const third = await join("third", { checkHeadsEvery: 20 });
  await arrive(third, jun);
  await third.subscribe(jun, `/topic/rooms/${room.id}`);
  hub.fate = ({ to, content }) => (to === "third" && content.kind === "committed" ? [] : [1]);
  third.events.length = 0;
  await one.post(mina, room, "새 말");
  await remove();
  await until("the tombstone", () => streamOf(third, room).some((frame) => bodyOf(frame).deletedAt !== undefined));
  await until("the count", () => inboxOf(third, jun).some(({ type, seq }) => type === "bump" && seq === 2));
});

test("on 준's node nobody's typing ends by an edit, and nothing is counted", async () => {
  const { one, other, mina, jun } = nodes;
  await arrive(other, jun);
  const typing = { destination: `/app/rooms/${room.id}/typing`, headers: new Map(), body: Buffer.from('{"on":true}') };
  await one.policy.send({ id: "s", identity: mina }, typing);
  await until("her typing", () => activityOf(other, room).some(({ type, on }) => type === "typing" && on));
  other.events.length = 0;
  await edit("안녕하세요");
  await reached(2);
  expect(activityOf(other, room)).toEqual([]);
  expect(inboxOf(other, jun)).toEqual([]);
});
