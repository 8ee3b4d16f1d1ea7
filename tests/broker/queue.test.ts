import { beforeEach, describe, expect, test } from "vitest";
import type { Broker } from "#server/broker/broker.ts";
import { Consumer, consume, hasRoom, message, openQueues } from "./consumer.ts";

const A = "/queue/a";

let broker: Broker<Consumer>;
let mina: Consumer;
let jun: Consumer;
beforeEach(() => {
  broker = openQueues();
  mina = new Consumer();
  jun = new Consumer();
});

function publish(...bodies: (string | number)[]): void {
  for (const body of bodies) broker.publish(A, message(String(body)));
}

describe("who gets what", () => {
  test("미나 and 준 take turns, and each message goes to one of them", () => {
    consume(broker, mina);
    consume(broker, jun);
    publish(1, 2, 3, 4);
    expect(mina.taken).toEqual(["1", "3"]);
    expect(jun.taken).toEqual(["2", "4"]);
  });

  test("what was sent while nobody listened waits for whoever comes, in order, and only once", () => {
    publish(1, 2, 3);
    consume(broker, mina);
    consume(broker, jun);
    expect(mina.taken).toEqual(["1", "2", "3"]);
    expect(jun.taken).toEqual([]);
  });

  test("nobody is left out of turn when somebody else goes", () => {
    const third = new Consumer();
    const first = consume(broker, mina);
    consume(broker, jun);
    consume(broker, third);
    publish(1, 2);
    broker.unsubscribe(first);
    publish(3);
    expect(third.taken).toEqual(["3"]);
  });

  test("준 gets nothing before his subscription is released, and then what has waited", () => {
    const held = broker.subscribe({ topic: A, destination: A, id: "s", subscriber: jun });
    publish(1);
    expect(jun.taken).toEqual([]);
    broker.release(held);
    expect(jun.taken).toEqual(["1"]);
  });

  test("a queue of thousands is handed out whole and in order, piece by piece", () => {
    broker = openQueues({ messages: 10_000 });
    const numbers = [...Array(5_000).keys()].map(String);
    publish(...numbers);
    const subscription = consume(broker, jun, { ack: "client-individual", prefetch: 7 });
    for (let acked = 0; acked < jun.taken.length; acked++) broker.settle(subscription, String(acked), true);
    expect(jun.taken).toEqual(numbers);
  });
});

describe("slow consumers", () => {
  test("what 준 cannot take now waits in the queue, for 미나", () => {
    jun.appetite = 1;
    consume(broker, jun);
    publish(1, 2, 3);
    expect(jun.taken).toEqual(["1"]);
    consume(broker, mina);
    expect(mina.taken).toEqual(["2", "3"]);
  });

  test("준 gets the rest once he has read", async () => {
    jun.appetite = 1;
    consume(broker, jun);
    publish(1, 2, 3);
    await jun.read(1);
    expect(jun.taken).toEqual(["1", "2"]);
    await jun.read();
    expect(jun.taken).toEqual(["1", "2", "3"]);
  });

  test("미나, who became slow later, does not wait for 준 to read", async () => {
    jun.appetite = 1;
    consume(broker, jun);
    publish(1, 2, 3);
    mina.appetite = 1;
    consume(broker, mina);
    expect(mina.taken).toEqual(["2"]);
    await mina.read();
    expect(mina.taken).toEqual(["2", "3"]);
    expect(jun.taken).toEqual(["1"]);
  });

  test("a connection that is about to close is handed nothing, although nothing waits for it any more", () => {
    consume(broker, jun);
    jun.wire.over = true;
    publish(1);
    expect(jun.taken).toEqual([]);
    consume(broker, mina);
    expect(mina.taken).toEqual(["1"]);
  });
});

describe("limits", () => {
  test("a queue has room for so many messages and no more, until one is taken", () => {
    broker = openQueues({ messages: 2 });
    expect(hasRoom(broker, A, 2, 0)).toBe(true);
    expect(hasRoom(broker, A, 3, 0)).toBe(false);
    publish(1, 2);
    expect(hasRoom(broker, A, 1, 0)).toBe(false);
    consume(broker, jun);
    expect(hasRoom(broker, A, 2, 0)).toBe(true);
    expect(hasRoom(broker, "/topic/a", 1_000, 1_000_000)).toBe(true);
  });

  test("bytes count, those of headers too", () => {
    broker = openQueues({ bytes: 2_000 });
    publish("x".repeat(450));
    const left = 2_000 - 2 * 512 - (2 * 450 + "message-id".length);
    expect(hasRoom(broker, A, 1, left)).toBe(true);
    expect(hasRoom(broker, A, 1, left + 1)).toBe(false);
  });

  test("many small messages do not get past the bytes: each weighs more than what it says", () => {
    broker = openQueues({ bytes: 100 * 512, messages: 1_000 });
    expect(hasRoom(broker, A, 100, 0)).toBe(true);
    expect(hasRoom(broker, A, 101, 0)).toBe(false);
  });

  test("all queues together have a bound of their own", () => {
    broker = openQueues({ totalBytes: 5_000 });
    broker.publish("/queue/b", message("b".repeat(1_000)));
    expect(hasRoom(broker, A, 1, 2_000)).toBe(false);
    expect(hasRoom(broker, A, 1, 1_000)).toBe(true);
    consume(broker, jun, { queue: "/queue/b" });
    expect(hasRoom(broker, A, 1, 2_000)).toBe(true);
  });

  test("what fits into each of three queues alone need not fit into all of them", () => {
    broker = openQueues({ totalBytes: 5_000 });
    const each = { messages: 1, bytes: 2_000 };
    expect(broker.hasRoom(new Map([[A, each]]))).toBe(true);
    const all = [A, "/queue/b", "/queue/c"].map((queue) => [queue, each] as const);
    expect(broker.hasRoom(new Map(all))).toBe(false);
    broker = openQueues();
    expect(broker.hasRoom(new Map(all))).toBe(true);
    expect(broker.hasRoom(new Map([...all, ["/queue/d", each]]))).toBe(false);
  });

  test("what 준 has not acknowledged still counts: it is kept for somebody else", () => {
    broker = openQueues({ messages: 2 });
    const subscription = consume(broker, jun, { ack: "client-individual" });
    publish(1, 2);
    expect(jun.taken).toEqual(["1", "2"]);
    expect(hasRoom(broker, A, 1, 0)).toBe(false);
    broker.settle(subscription, "1", true);
    expect(hasRoom(broker, A, 1, 0)).toBe(true);
    broker.settle(subscription, "2", false);
    expect(hasRoom(broker, A, 2, 0)).toBe(false);
    broker.unsubscribe(subscription);
    expect(hasRoom(broker, A, 2, 0)).toBe(false);
    consume(broker, mina);
    expect(hasRoom(broker, A, 2, 0)).toBe(true);
  });

  test("there are so many queues and no more; one in which nothing is left makes place for another", () => {
    for (const queue of ["/queue/b", "/queue/c"]) broker.publish(queue, message("1"));
    publish(1);
    expect(hasRoom(broker, "/queue/d", 1, 0)).toBe(false);
    expect(hasRoom(broker, A, 1, 0)).toBe(true);
    const subscription = consume(broker, jun);
    expect(hasRoom(broker, "/queue/d", 1, 0)).toBe(false);
    broker.unsubscribe(subscription);
    expect(hasRoom(broker, "/queue/d", 1, 0)).toBe(true);
  });

  test("a queue that was waited for by its last consumer's acknowledgement is forgotten with him", () => {
    for (const queue of ["/queue/b", "/queue/c"]) broker.publish(queue, message("1"));
    const subscription = consume(broker, jun, { ack: "client" });
    publish(1);
    broker.settle(subscription, "1", true);
    broker.unsubscribe(subscription);
    expect(hasRoom(broker, "/queue/d", 1, 0)).toBe(true);
  });
});
