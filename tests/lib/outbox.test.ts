import type { StompHeaders } from "@stomp/stompjs";
import { describe, expect, test } from "vitest";
import { Refusal } from "#lib/chat/refusal.ts";
import { browserEnvironment, type Environment } from "#lib/client/environment.ts";
import { Outbox } from "#lib/client/outbox.ts";
import { type OutboxStorage, openOutboxStorage } from "#lib/client/outbox-storage.ts";
import { OutboxTabs } from "#lib/client/outbox-tabs.ts";
import type { Outgoing } from "#lib/client/outgoing.ts";
import { ManualClock, settled } from "./manual-clock.ts";

interface Sent {
  text: string;
  receive(rev: number): void;
  refuse(refusal: Refusal): void;
}

/** A tab of 미나's with an outbox, and a server that answers when the test says so. */
function openTab(options: { storage?: OutboxStorage; user?: string; tab?: string } = {}) {
  const clock = new ManualClock();
  const environment: Environment = { ...browserEnvironment(), now: clock.now, after: clock.after };
  const storage = options.storage ?? openOutboxStorage("mina", { ...environment, indexedDB: undefined });
  const sent: Sent[] = [];
  const connection = { online: true };
  const tab = options.tab ?? "tab";
  const tabs = new OutboxTabs(
    options.user ?? "mina",
    tab,
    options.user ? environment : { ...environment, openChannel: () => undefined },
  );
  const outbox = new Outbox({
    tab,
    storage,
    tabs,
    environment,
    isOnline: () => connection.online,
    send: ({ text }: Outgoing) =>
      new Promise<StompHeaders>((resolve, reject) => {
        sent.push({ text, receive: (rev) => resolve({ rev: String(rev) }), refuse: reject });
      }),
  });
  const texts = () => sent.map(({ text }) => text);
  const states = () => outbox.of("room").map(({ text, state, reason }) => [text, state, reason]);
  return { clock, storage, connection, outbox, tabs, sent, texts, states };
}

const lost = () => new Refusal("busy", { field: "connection" });

describe("the outbox", () => {
  test("sends what 미나 writes in her order, one after the other", async () => {
    const { outbox, sent, texts } = openTab();
    for (const text of ["하나", "둘", "셋"]) outbox.post("room", text);
    expect(texts()).toEqual(["하나"]);
    sent[0]?.receive(1);
    await settled();
    expect(texts()).toEqual(["하나", "둘"]);
    sent[1]?.receive(2);
    await settled();
    expect(texts()).toEqual(["하나", "둘", "셋"]);
  });

  test("says that 미나's message waits when the server has been busy for some seconds, and takes it back with the RECEIPT", async () => {
    const { outbox, sent, clock } = openTab();
    const isHeldUp = outbox.heldUp.any.get;
    outbox.post("room", "하나");
    sent[0]?.refuse(new Refusal("busy", { retryAfter: 1 }));
    await clock.pass(1_000);
    expect([sent.length, isHeldUp()]).toEqual([2, false]);
    await clock.pass(2_000);
    expect(isHeldUp()).toBe(true);
    sent[1]?.refuse(new Refusal("busy", { retryAfter: 1 }));
    await clock.pass(1_000);
    expect([sent.length, isHeldUp()]).toEqual([3, true]);
    sent[2]?.receive(1);
    await settled();
    expect(isHeldUp()).toBe(false);
  });

  test("says nothing of the kind while 미나 is offline, or is to write more slowly", async () => {
    for (const refusal of [lost(), new Refusal("rate-limited", { retryAfter: 30 })]) {
      const { outbox, sent, clock, connection } = openTab();
      outbox.post("room", "하나");
      connection.online = false;
      sent[0]?.refuse(refusal);
      await clock.pass(10_000);
      expect(outbox.heldUp.any.get()).toBe(false);
    }
  });

  test("rooms do not wait for each other", () => {
    const { outbox, texts } = openTab();
    outbox.post("room", "여기");
    outbox.post("other", "저기");
    expect(texts()).toEqual(["여기", "저기"]);
  });

  test("waits as long as a rate limit says and goes on without changing the order", async () => {
    const { outbox, sent, texts, states, clock } = openTab();
    outbox.post("room", "하나");
    outbox.post("room", "둘");
    sent[0]?.refuse(new Refusal("rate-limited", { retryAfter: 3 }));
    await clock.pass(2_999);
    expect(texts()).toEqual(["하나"]);
    expect(states()).toEqual([
      ["하나", "pending", undefined],
      ["둘", "pending", undefined],
    ]);
    await clock.pass(1);
    expect(texts()).toEqual(["하나", "하나"]);
    sent[1]?.receive(1);
    await settled();
    expect(texts()).toEqual(["하나", "하나", "둘"]);
  });

  test("sends again after a lost connection, with the same id", async () => {
    const { outbox, sent, states, connection, clock } = openTab();
    outbox.post("room", "하나");
    const [before] = outbox.of("room");
    connection.online = false;
    sent[0]?.refuse(lost());
    await clock.pass(1_000);
    expect(sent.length).toBe(1);
    connection.online = true;
    outbox.pumpAll();
    expect(sent.length).toBe(2);
    expect(outbox.of("room")[0]?.clientId).toBe(before?.clientId);
    expect(states()).toEqual([["하나", "pending", undefined]]);
  });

  test("a refusal fails one message with its reason, and the next one goes", async () => {
    const { outbox, sent, states, texts } = openTab();
    outbox.post("room", "하나");
    outbox.post("room", "둘");
    sent[0]?.refuse(new Refusal("read-only"));
    await settled();
    expect(states()).toEqual([
      ["하나", "failed", "read-only"],
      ["둘", "pending", undefined],
    ]);
    expect(texts()).toEqual(["하나", "둘"]);
  });

  test("a failed message goes again with Retry, and away with Discard", async () => {
    const { outbox, sent, states, storage } = openTab();
    outbox.post("room", "하나");
    sent[0]?.refuse(new Refusal("forbidden"));
    await settled();
    const key = outbox.of("room")[0]?.clientId ?? "";
    outbox.retry(key);
    expect(states()).toEqual([["하나", "pending", undefined]]);
    sent[1]?.refuse(new Refusal("forbidden"));
    await settled();
    outbox.remove(key);
    await settled();
    expect(states()).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  test("a text that is too long fails without being sent", () => {
    const { outbox, sent, states } = openTab();
    const text = "가".repeat(10_001);
    outbox.post("room", text);
    expect(sent).toEqual([]);
    expect(states()).toEqual([[text, "failed", "too-long"]]);
  });

  test("keeps a message until its RECEIPT, and its row until its MESSAGE", async () => {
    const { outbox, sent, states, storage } = openTab();
    outbox.post("room", "하나");
    await settled();
    expect((await storage.load()).length).toBe(1);
    sent[0]?.receive(7);
    await settled();
    expect(await storage.load()).toEqual([]);
    expect(states()).toEqual([["하나", "pending", undefined]]);
    expect(outbox.of("room")[0]?.rev).toBe(7);
    outbox.pumpAll();
    expect(sent.length).toBe(1);
  });

  test("after a reload everything goes out in the order in which it was written", async () => {
    const before = openTab();
    before.connection.online = false;
    for (const text of ["하나", "둘", "셋"]) before.outbox.post("room", text);
    await settled();
    const after = openTab({ storage: before.storage, tab: "reloaded" });
    await after.outbox.adopt();
    for (const n of [0, 1, 2]) {
      after.sent[n]?.receive(n);
      await settled();
    }
    expect(after.texts()).toEqual(["하나", "둘", "셋"]);
    expect(await after.storage.load()).toEqual([]);
  });

  test("a tab leaves alone what a living tab sends, and takes over from one that is gone", async () => {
    const user = `mina-${Math.random()}`;
    const first = openTab({ user, tab: "first" });
    first.connection.online = false;
    first.outbox.start();
    first.outbox.post("room", "하나");
    const second = openTab({ user, tab: "second", storage: first.storage });
    second.outbox.start();
    const adopt = async () => {
      const adopted = second.outbox.adopt();
      // Between threads of Node channels take a moment of real time.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await second.clock.pass(250);
      await adopted;
    };
    await adopt();
    expect(second.texts()).toEqual([]);
    first.tabs.close();
    await second.clock.pass(60_250);
    expect(second.texts()).toEqual(["하나"]);
    second.tabs.close();
  });

  test("what one tab has posted another one shows no longer", async () => {
    const user = `mina-${Math.random()}`;
    const first = openTab({ user, tab: "first" });
    const second = openTab({ user, tab: "second" });
    for (const { outbox } of [first, second]) outbox.start();
    first.outbox.post("room", "하나");
    const item = first.outbox.of("room")[0] as Outgoing;
    await second.storage.put({ ...item, tab: "gone" });
    const adopted = second.outbox.adopt();
    await settled();
    await second.clock.pass(250);
    await adopted;
    expect(second.states().length).toBe(1);
    first.sent[0]?.receive(1);
    await expect.poll(() => second.states()).toEqual([]);
    for (const { tabs } of [first, second]) tabs.close();
  });
});
