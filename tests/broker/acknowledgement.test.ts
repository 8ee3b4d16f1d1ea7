import { beforeEach, describe, expect, test } from "vitest";
import type { Broker } from "#server/broker/broker.ts";
import type { Subscription } from "#server/broker/subscription.ts";
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

describe("prefetch", () => {
  test("준 is handed no more than he asked for before he acknowledges", () => {
    const subscription = consume(broker, jun, { ack: "client-individual", prefetch: 2 });
    publish(1, 2, 3, 4);
    expect(jun.taken).toEqual(["1", "2"]);
    broker.settle(subscription, "2", true);
    expect(jun.taken).toEqual(["1", "2", "3"]);
  });

  test("what he may not take goes to 미나", () => {
    consume(broker, jun, { ack: "client", prefetch: 1 });
    consume(broker, mina, { ack: "client" });
    publish(1, 2, 3, 4);
    expect(jun.taken).toEqual(["1"]);
    expect(mina.taken).toEqual(["2", "3", "4"]);
  });

  test("without it there is a limit all the same, and nobody has to go for it", () => {
    consume(broker, jun, { ack: "client" });
    publish(...Array(15).keys());
    expect(jun.taken).toHaveLength(10);
    expect(jun.overflows).toBe(0);
  });

  test("of a topic nothing can wait, so whoever acknowledges too little has to go", () => {
    consume(broker, jun, { queue: "/topic/a", ack: "client" });
    for (let index = 0; index < 11; index++) broker.publish("/topic/a", message(String(index)));
    expect(jun.taken).toHaveLength(10);
    expect(jun.overflows).toBe(1);
  });
});

describe("what is settled", () => {
  test("client is cumulative: what came before is acknowledged, what came later is not", () => {
    const subscription = consume(broker, jun, { ack: "client" });
    publish(1, 2, 3);
    broker.settle(subscription, "2", true);
    broker.unsubscribe(subscription);
    consume(broker, mina);
    expect(mina.taken).toEqual(["3 again"]);
  });

  test("client-individual is not", () => {
    const subscription = consume(broker, jun, { ack: "client-individual" });
    publish(1, 2, 3);
    broker.settle(subscription, "2", true);
    broker.unsubscribe(subscription);
    consume(broker, mina);
    expect(mina.taken).toEqual(["1 again", "3 again"]);
  });

  test("another subscription's messages are untouched, though it is the same 준's and the same queue's", () => {
    const one = consume(broker, jun, { id: "one", ack: "client" });
    const two = consume(broker, jun, { id: "two", ack: "client" });
    publish(1, 2, 3, 4);
    broker.settle(one, "3", true);
    expect([one.unacknowledged?.size, two.unacknowledged?.size]).toEqual([0, 2]);
  });

  test("settling what is not there settles nothing, in mode client either", () => {
    const subscription = consume(broker, jun, { ack: "client" });
    publish(1, 2);
    broker.settle(subscription, "unknown", true);
    expect(subscription.unacknowledged?.size).toBe(2);
  });

  test("client counts in the order in which 준 was handed them, redelivered ones last", () => {
    const one = consume(broker, mina, { ack: "client", prefetch: 1 });
    const two = consume(broker, jun, { ack: "client" });
    publish(1, 2, 3);
    broker.unsubscribe(one);
    expect(jun.taken).toEqual(["2", "3", "1 again"]);
    broker.settle(two, "3", true);
    expect(two.unacknowledged?.size).toBe(1);
  });
});

describe("what comes back", () => {
  test("a lost consumer's messages go to another in their old order, before what is newer, and are marked", () => {
    const subscription = consume(broker, jun, { ack: "client-individual", prefetch: 3 });
    publish(1, 2, 3, 4);
    broker.unsubscribe(subscription);
    consume(broker, mina);
    expect(mina.taken).toEqual(["1 again", "2 again", "3 again", "4"]);
  });

  test("the messages of two lost consumers are put together again in their order", () => {
    const [one, two] = [mina, jun].map((who) => consume(broker, who, { ack: "client", prefetch: 3 }));
    publish(1, 2, 3, 4, 5, 6, 7);
    if (one) broker.unsubscribe(one);
    if (two) broker.unsubscribe(two);
    const third = new Consumer();
    consume(broker, third);
    expect(third.taken).toEqual(["1 again", "2 again", "3 again", "4 again", "5 again", "6 again", "7"]);
  });

  test("a refused message goes to the next in turn, and not to 준 for ever", () => {
    const subscription = consume(broker, jun, { ack: "client-individual" });
    consume(broker, mina);
    publish(1);
    broker.settle(subscription, "1", false);
    expect(mina.taken).toEqual(["1 again"]);
  });

  describe("one that everybody refuses", () => {
    function refuse(times: number): Subscription<Consumer> {
      const subscription = consume(broker, jun, { ack: "client-individual" });
      publish(1, 2);
      for (let n = 0; n < times; n++) broker.settle(subscription, "1", false);
      return subscription;
    }

    test("goes to its queue's dead letters in the end, and says where it comes from", () => {
      const subscription = refuse(200);
      expect(jun.taken.filter((body) => body.startsWith("1"))).toHaveLength(100);
      expect(subscription.unacknowledged?.has("2")).toBe(true);
      broker.settle(subscription, "2", true);
      expect(hasRoom(broker, A, 200, 0)).toBe(true);
      consume(broker, mina, { queue: "/queue/DLQ.a" });
      expect(mina.taken).toEqual(["1"]);
      expect(mina.headers.at(-1)).toMatchObject({ destination: "/queue/DLQ.a", "original-destination": A });
    });

    test("stays where it is while the dead letters are full", () => {
      broker = openQueues({ messages: 2 });
      for (const body of ["a", "b"]) broker.publish("/queue/DLQ.a", message(body));
      const subscription = refuse(150);
      expect(subscription.unacknowledged?.has("1")).toBe(true);
    });

    test("takes nobody along who was only waiting behind it when its consumer crashed", () => {
      publish(1, 2, 3);
      for (let crash = 0; crash < 101; crash++) broker.unsubscribe(consume(broker, jun, { ack: "client" }));
      consume(broker, mina);
      expect(mina.taken).toEqual(["2 again", "3 again"]);
    });

    test("is not taken from the dead letters either", () => {
      const subscription = consume(broker, jun, { queue: "/queue/DLQ.a", ack: "client-individual" });
      broker.publish("/queue/DLQ.a", message("1"));
      for (let n = 0; n < 200; n++) broker.settle(subscription, "1", false);
      expect(subscription.unacknowledged?.has("1")).toBe(true);
    });
  });

  test("what was delivered to auto is done with, and does not come back", () => {
    const subscription = consume(broker, jun);
    publish(1);
    broker.unsubscribe(subscription);
    consume(broker, mina);
    expect([jun.taken, mina.taken]).toEqual([["1"], []]);
  });

  test("of a topic nothing comes back, whatever was refused", () => {
    const subscription = consume(broker, jun, { queue: "/topic/a", ack: "client" });
    consume(broker, mina, { queue: "/topic/a" });
    broker.publish("/topic/a", message("1"));
    broker.settle(subscription, "1", false);
    expect([jun.taken, mina.taken]).toEqual([["1"], ["1"]]);
  });
});
