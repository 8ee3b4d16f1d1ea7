import { expect, test } from "vitest";
import type { Me } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { createChatClient } from "#lib/client/create-chat-client.ts";
import { settled } from "./manual-clock.ts";
import { ScriptedEnvironment } from "./scripted-environment.ts";

const INBOX = "/user/queue/inbox";
const READ = "/app/rooms/room/read";
const READS = [READ, "/app/rooms/other/read"];
const room = {
  id: "room",
  joined: true,
  lastSeq: 10,
  countable: 10,
  readSeq: 4,
  readCountable: 4,
  mentions: 0,
} as Room;
const snapshot = {
  type: "snapshot" as const,
  me: { id: "mina" } as Me,
  rooms: [room, { ...room, id: "other" }],
  people: [],
};

/** 미나's browser with six unread messages in the room, the server in the test's hands. */
async function open() {
  const around = new ScriptedEnvironment();
  around.page = { messages: [], head: 10, epoch: "e", more: { before: false, after: false } };
  const client = createChatClient({ endpoint: "ws://test/stomp", snapshot }, around.environment);
  const { store } = client.enter("room");
  client.start();
  await around.connect();
  around.socket.tell(INBOX, snapshot);
  await settled();
  const unread = () => {
    const { countable = 0, readCountable = 0 } = client.inbox.get().rooms.get("room") ?? {};
    return countable - readCountable;
  };
  const told = () =>
    around.socket.frames.filter(({ headers }) => READS.includes(headers.destination ?? "")).map(({ body }) => body);
  return { around, client, store, unread, told };
}

test("taking back the second of two marks leaves nothing read that the server does not know of", async () => {
  const { around, store, unread, told } = await open();
  const first = store.markAllRead();
  around.socket.tell(INBOX, { type: "bump", room: "room", seq: 11, countable: 11 });
  const second = store.markAllRead();
  expect(unread()).toBe(0);
  first.keep();
  expect(told()).toEqual([]);
  second.undo();
  expect(unread()).toBe(7);
  second.keep();
  expect(told()).toEqual([]);
});

test("the notice of the first of two marks takes both back, too", async () => {
  const { around, store, unread, told } = await open();
  const first = store.markAllRead();
  around.socket.tell(INBOX, { type: "bump", room: "room", seq: 11, countable: 11 });
  const second = store.markAllRead();
  first.undo();
  expect(unread()).toBe(7);
  second.keep();
  expect(told()).toEqual([]);
});

test("what 미나 has read on her phone meanwhile is not taken back", async () => {
  const { around, store, unread } = await open();
  const mark = store.markAllRead();
  around.socket.tell(INBOX, { type: "read", room: "room", readSeq: 10, readCountable: 10, mentions: 0 });
  mark.undo();
  expect(unread()).toBe(0);
});

test("a mark that was not taken back is told when 미나 signs out", async () => {
  const { client, store, told } = await open();
  store.markAllRead();
  await client.wipe();
  expect(told()).toEqual(['{"seq":10}']);
});

test("a mark of a history that is no more is forgotten", async () => {
  const { around, client, store, told } = await open();
  store.markRead(10);
  const restored = { ...room, lastSeq: 6, countable: 6, readSeq: 4 };
  around.socket.tell(INBOX, { ...snapshot, rooms: [restored] });
  await around.clock.pass(1_000);
  expect(client.inbox.get().rooms.get("room")?.readSeq).toBe(4);
  expect(told()).toEqual([]);
});

test("a mark that is refused because too much is sent is told again when the server will hear it", async () => {
  const { around, store, told } = await open();
  store.markRead(10);
  await around.clock.pass(500);
  expect(told()).toEqual(['{"seq":10}']);
  const refused = { "receipt-id": around.socket.last("SEND", READ).headers.receipt ?? "" };
  around.socket.tell("/user/queue/refusals", { code: "rate-limited", retryAfter: 3 }, refused);
  await around.clock.pass(2_900);
  expect(told()).toHaveLength(1);
  await around.clock.pass(2_000);
  expect(told()).toEqual(['{"seq":10}', '{"seq":10}']);
  around.socket.receipt("SEND", READ);
  await around.clock.pass(10_000);
  expect(told()).toHaveLength(2);
});

test("marks of two rooms that are refused together wait together, and one that is under way is not told twice", async () => {
  const { around, client, store, told } = await open();
  const other = client.enter("other").store;
  await settled();
  const refuse = (which: string) => {
    const refused = { "receipt-id": around.socket.last("SEND", which).headers.receipt ?? "" };
    around.socket.tell("/user/queue/refusals", { code: "rate-limited", retryAfter: 3 }, refused);
  };
  store.markRead(9);
  await around.clock.pass(500);
  other.markRead(10);
  await around.clock.pass(500);
  expect(told()).toEqual(['{"seq":9}', '{"seq":10}']);
  refuse(READ);
  refuse("/app/rooms/other/read");
  // What is seen meanwhile waits with them.
  store.markRead(10);
  await around.clock.pass(2_900);
  expect(told()).toHaveLength(2);
  await around.clock.pass(2_000);
  expect(told().slice(2).toSorted()).toEqual(['{"seq":10}', '{"seq":10}']);
});

test("a mark of a room that is no more is not told again", async () => {
  const { around, store, told } = await open();
  store.markRead(10);
  await around.clock.pass(500);
  const refused = { "receipt-id": around.socket.last("SEND", READ).headers.receipt ?? "" };
  around.socket.tell("/user/queue/refusals", { code: "not-found" }, refused);
  await around.clock.pass(5_000);
  expect(told()).toHaveLength(1);
});
