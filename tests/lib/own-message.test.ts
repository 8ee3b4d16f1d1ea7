import { describe, expect, test } from "vitest";
import { settled } from "./manual-clock.ts";
import { ACTIVITY, enter, POST, pageOf } from "./scripted-room.ts";

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

  test("who is in the room is to be asked again when somebody came or went, and after every absence", async () => {
    const { around, store } = await enter();
    const before = store.get().membersAsOf;
    around.socket.tell(ACTIVITY, { type: "snapshot", online: [], typing: [] });
    around.socket.tell(ACTIVITY, { type: "presence", user: "sora", online: true });
    expect(store.get().membersAsOf).toBe(before + 1);
    around.socket.tell(ACTIVITY, { type: "members" });
    expect(store.get().membersAsOf).toBe(before + 2);
  });
});
