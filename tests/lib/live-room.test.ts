import { describe, expect, test } from "vitest";
import type { Me } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { createChatClient } from "#lib/client/create-chat-client.ts";
import { settled } from "./manual-clock.ts";
import { messageOf } from "./message-of.ts";
import { ScriptedEnvironment } from "./scripted-environment.ts";

const STREAM = "/topic/rooms/room";
const ACTIVITY = "/topic/rooms/room/activity";
const POST = "/app/rooms/room/post";
const EPOCH = "e1";

const mina = { id: "mina", name: "미나" } as Me;
const pageOf = (...seqs: number[]) => ({
  messages: seqs.map((seq) => messageOf({ seq, author: "jun" })),
  head: seqs.at(-1) ?? 0,
  epoch: EPOCH,
  more: { before: false, after: false },
});

/** 미나's browser with one room open, rendered up to rev 3, and the server in the test's hands. */
async function enter(page: ReturnType<typeof pageOf> | null = pageOf(1, 2, 3)) {
  const around = new ScriptedEnvironment();
  const snapshot = { type: "snapshot" as const, me: mina, rooms: [], people: [] };
  const client = createChatClient({ endpoint: "ws://test/stomp", snapshot }, around.environment);
  const { store, release } = client.enter("room", page ?? undefined);
  client.start();
  await around.connect();
  around.socket.receipt("SUBSCRIBE", "/user/queue/inbox");
  if (page) around.socket.receipt("SUBSCRIBE", ACTIVITY);
  const rows = () => store.get().entries.map(({ message, state }) => `${message.text} ${state}`);
  const tell = (rev: number, prev: number, changes: object = {}) =>
    around.socket.tell(STREAM, messageOf({ seq: rev, author: "jun", ...changes }), {
      rev: String(rev),
      prev: String(prev),
      epoch: EPOCH,
    });
  const stand = async (head: number, headers: Record<string, string> = {}) => {
    around.socket.receipt("SUBSCRIBE", STREAM, { head: String(head), epoch: EPOCH, ...headers });
    await settled();
  };
  return { around, client, store, release, rows, tell, stand };
}

describe("an open room", () => {
  test("goes on from where the page was rendered, and shows the replay once it is complete", async () => {
    const { around, store, rows, tell, stand } = await enter();
    expect(around.socket.last("SUBSCRIBE", STREAM).headers).toMatchObject({ from: "3", epoch: EPOCH });
    tell(4, 3);
    tell(5, 4);
    expect(store.get().live).toBe(false);
    await stand(5);
    expect(store.get().live).toBe(true);
    tell(6, 5);
    expect(rows()).toEqual(["1@1", "2@2", "3@3", "4@4", "5@5", "6@6"].map((text) => `${text} posted`));
  });

  test("subscribes again from its cursor when something was missed", async () => {
    const { around, tell, stand, rows } = await enter();
    await stand(3);
    tell(6, 5);
    expect(around.socket.said().slice(-2)).toEqual([`UNSUBSCRIBE ${STREAM}`, `SUBSCRIBE ${STREAM}`]);
    expect(around.socket.last("SUBSCRIBE", STREAM).headers.from).toBe("3");
    tell(7, 6);
    for (const rev of [4, 5, 6, 7]) tell(rev, rev - 1);
    await stand(7);
    tell(8, 7);
    expect(rows().length).toBe(8);
    expect(around.socket.said().filter((frame) => frame === `SUBSCRIBE ${STREAM}`).length).toBe(2);
  });

  test("goes on from its cursor after a lost connection", async () => {
    const { around, stand, tell } = await enter();
    await stand(3);
    tell(4, 3);
    around.socket.drop();
    await around.clock.pass(500);
    await around.connect();
    expect(around.socket.last("SUBSCRIBE", STREAM).headers).toMatchObject({ from: "4", epoch: EPOCH });
  });

  test("takes the newest page over HTTP when too much was missed, without a second SUBSCRIBE", async () => {
    const { around, stand, tell, rows } = await enter();
    around.page = pageOf(700, 701);
    await stand(701, { reset: "true" });
    tell(702, 701);
    await settled();
    expect(rows()).toEqual(["700@700", "701@701", "702@702"].map((text) => `${text} posted`));
    expect(around.asked).toEqual([{}]);
    expect(around.socket.said().filter((frame) => frame === `SUBSCRIBE ${STREAM}`).length).toBe(1);
  });

  test("without a rendered page it loads the newest one first, and tries until it comes", async () => {
    const { around, store, rows } = await enter(null);
    await around.clock.pass(500);
    expect(around.asked.length).toBeGreaterThan(1);
    around.page = pageOf(1, 2);
    await around.clock.pass(2_000);
    expect(rows()).toEqual(["1@1 posted", "2@2 posted"]);
    expect(around.socket.last("SUBSCRIBE", STREAM).headers.from).toBe("2");
    expect(store.get().more).toEqual({ before: false, after: false });
  });

  test("loads what is older above what is there", async () => {
    const { around, store, rows } = await enter({ ...pageOf(5, 6), more: { before: true, after: false } });
    around.page = pageOf(3, 4);
    const loaded = store.loadBefore();
    expect(store.get().loading.before).toBe(true);
    await loaded;
    expect(around.asked).toEqual([{ before: 5 }]);
    expect(rows()).toEqual(["3@3", "4@4", "5@5", "6@6"].map((text) => `${text} posted`));
    expect(store.get().loading.before).toBe(false);
    around.page = new Refusal("busy");
    await store.loadBefore();
    expect(around.asked.length).toBe(1);
  });

  test("forgets everything when it is taken away", async () => {
    const { around, store, stand } = await enter();
    await stand(3);
    around.socket.tell("/user/queue/inbox", { type: "room-gone", room: "room" });
    expect(store.get()).toMatchObject({ gone: true, entries: [], live: false });
  });

  test("is there again, from the beginning, when it is given back", async () => {
    const { around, store, rows } = await enter();
    around.socket.tell("/user/queue/inbox", { type: "room-gone", room: "room" });
    around.page = pageOf(4);
    around.socket.tell("/user/queue/inbox", { type: "room", room: { id: "room" } });
    await settled();
    expect(store.get().gone).toBe(false);
    expect(rows()).toEqual(["4@4 posted"]);
  });

  test("is followed for a minute after one has left it, and from its cursor when one comes back later", async () => {
    const { around, client, release, stand, tell } = await enter();
    await stand(3);
    release();
    await around.clock.pass(59_000);
    tell(4, 3);
    expect(around.socket.said()).not.toContain(`UNSUBSCRIBE ${STREAM}`);
    await around.clock.pass(1_000);
    expect(around.socket.said()).toContain(`UNSUBSCRIBE ${STREAM}`);
    client.enter("room");
    expect(around.socket.last("SUBSCRIBE", STREAM).headers.from).toBe("4");
  });
});

describe("one's own message", () => {
  test("stands there at once and keeps its row when it is posted", async () => {
    const { around, store, stand, tell, rows } = await enter(pageOf());
    await stand(0);
    store.post("안녕");
    expect(rows()).toEqual(["안녕 pending"]);
    const key = store.get().entries[0]?.key;
    const { clientId } = JSON.parse(around.socket.last("SEND", POST).body);
    tell(1, 0, { author: "jun", text: "먼저" });
    tell(2, 1, { author: "mina", text: "안녕", clientId });
    expect(rows()).toEqual(["먼저 posted", "안녕 posted"]);
    expect(store.get().entries[1]?.key).toBe(key);
    around.socket.receipt("SEND", POST, { rev: "2", seq: "2" });
    await settled();
    expect(rows().length).toBe(2);
  });

  test("keeps its row too when the RECEIPT is quicker than the MESSAGE", async () => {
    const { around, store, stand, tell, rows } = await enter(pageOf());
    await stand(0);
    store.post("안녕");
    const { clientId } = JSON.parse(around.socket.last("SEND", POST).body);
    around.socket.receipt("SEND", POST, { rev: "1", seq: "1" });
    await settled();
    expect(rows()).toEqual(["안녕 pending"]);
    tell(1, 0, { author: "mina", text: "안녕", clientId });
    expect(rows()).toEqual(["안녕 posted"]);
  });

  test("is not sent again when its MESSAGE came before the connection was lost", async () => {
    const { around, store, stand, tell, rows } = await enter(pageOf());
    await stand(0);
    store.post("안녕");
    const { clientId } = JSON.parse(around.socket.last("SEND", POST).body);
    tell(1, 0, { author: "mina", text: "안녕", clientId });
    around.socket.drop();
    await around.clock.pass(500);
    await around.connect();
    expect(rows()).toEqual(["안녕 posted"]);
    expect(around.socket.said().join()).not.toContain("SEND");
  });

  test("another person's clientId never takes its row", async () => {
    const { around, store, stand, tell, rows } = await enter(pageOf());
    await stand(0);
    store.post("안녕");
    const { clientId } = JSON.parse(around.socket.last("SEND", POST).body);
    tell(1, 0, { author: "jun", text: "가짜", clientId });
    expect(rows()).toEqual(["가짜 posted", "안녕 pending"]);
    expect(new Set(store.get().entries.map(({ key }) => key)).size).toBe(2);
  });

  test("is never drawn under an earlier day because this machine's clock is behind", async () => {
    const { store, stand, tell } = await enter(pageOf());
    await stand(0);
    const tomorrow = "2026-11-23T00:00:00.000Z";
    tell(1, 0, { createdAt: tomorrow });
    store.post("안녕");
    expect(store.get().entries[1]?.message.createdAt).toBe(tomorrow);
  });
});

describe("typing", () => {
  test("준's line goes after 6 s, or with his message", async () => {
    const { around, store, stand, tell } = await enter();
    await stand(3);
    const type = () => around.socket.tell(ACTIVITY, { type: "typing", user: "jun", on: true });
    type();
    expect(store.get().typing).toEqual(["jun"]);
    await around.clock.pass(6_000);
    expect(store.get().typing).toEqual([]);
    type();
    tell(4, 3);
    expect(store.get().typing).toEqual([]);
  });

  test("one's own is told at most every 3 s, and that it is over once", async () => {
    const { around, store, stand } = await enter();
    await stand(3);
    const told = () => around.socket.frames.filter(({ headers }) => headers.destination === "/app/rooms/room/typing");
    for (const on of [false, true, true, true]) store.typing(on);
    await around.clock.pass(3_000);
    for (const on of [true, false, false]) store.typing(on);
    expect(told().map(({ body }) => JSON.parse(body).on)).toEqual([true, true, false]);
  });

  test("whoever is here comes and goes", async () => {
    const { around, store } = await enter();
    around.socket.tell(ACTIVITY, { type: "snapshot", online: ["jun"], typing: [] });
    around.socket.tell(ACTIVITY, { type: "presence", user: "sora", online: true });
    around.socket.tell(ACTIVITY, { type: "presence", user: "jun", online: false });
    expect([...store.get().online]).toEqual(["sora"]);
  });
});
