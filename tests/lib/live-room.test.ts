import { describe, expect, test } from "vitest";
import { Refusal } from "#lib/chat/refusal.ts";
import { settled } from "./manual-clock.ts";
import { EPOCH, enter, pageOf, STREAM } from "./scripted-room.ts";

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

  test("waits as long as the server says when older messages were asked for too fast, and has them then", async () => {
    const { around, store, rows } = await enter({ ...pageOf(5, 6), more: { before: true, after: false } });
    around.page = new Refusal("rate-limited", { retryAfter: 3 });
    const loaded = store.loadBefore();
    await around.clock.pass(2_999);
    expect([around.asked.length, store.get().loading.before]).toEqual([1, true]);
    around.page = pageOf(3, 4);
    await around.clock.pass(501);
    await loaded;
    expect(around.asked).toEqual([{ before: 5 }, { before: 5 }]);
    expect(rows().length).toBe(4);
    expect(store.get().loading.before).toBe(false);
  });

  test("is not given up when it was entered too fast: it is entered again when the server said so", async () => {
    const { around, store, stand } = await enter();
    const { receipt = "" } = around.socket.last("SUBSCRIBE", STREAM).headers;
    const notice = { code: "rate-limited", message: "…", retryAfter: 3 };
    around.socket.tell("/user/queue/refusals", notice, { "receipt-id": receipt });
    const entered = () => around.socket.said().filter((frame) => frame === `SUBSCRIBE ${STREAM}`).length;
    await around.clock.pass(2_999);
    expect([entered(), store.get().gone]).toEqual([1, false]);
    await around.clock.pass(501);
    expect(entered()).toBe(2);
    await stand(3);
    expect(store.get().live).toBe(true);
  });

  test("shows what a permalink leads to, when it is entered again by one", async () => {
    const { around, client, store, stand, rows } = await enter({
      ...pageOf(8, 9),
      more: { before: true, after: false },
    });
    await stand(9);
    const around3 = { ...pageOf(2, 3, 4), head: 9, more: { before: true, after: true } };
    client.enter("room", around3);
    expect(rows()).toEqual(["2@2 posted", "3@3 posted", "4@4 posted"]);
    around.page = { ...pageOf(5, 6), head: 9, more: { before: true, after: true } };
    client.enter("room", { ...around3, ...pageOf(5), head: 4 });
    await settled();
    expect(around.asked).toEqual([{ around: 5 }]);
    expect(rows()).toEqual(["5@5 posted", "6@6 posted"]);
    client.enter("room", pageOf(6));
    expect(rows().length).toBe(2);
    expect(store.get().more.after).toBe(true);
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
