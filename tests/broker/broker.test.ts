import { beforeEach, describe, expect, test } from "vitest";
import { Broker } from "#server/broker/broker.ts";
import type { Delivery } from "#server/broker/delivery.ts";
import type { Subscriber, Subscription } from "#server/broker/subscription.ts";
import type { Encoded } from "#server/stomp/frame.ts";
import { Message } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";

/** Somebody who remembers what was delivered. */
class Listener implements Subscriber {
  readonly version: Version;
  readonly heard: string[] = [];
  readonly frames: Encoded[] = [];
  overflows = 0;
  readonly wire = { over: false, crowded: false, room: async () => {} };
  meanwhile: () => void = () => {};

  constructor(version: Version = "1.2") {
    this.version = version;
  }

  deliver(frame: Encoded): void {
    this.frames.push(frame);
    this.heard.push(frame.bytes.toString().split("\n\n")[1]?.replace("\0", "") ?? "");
    this.meanwhile();
  }

  overflow(): void {
    this.overflows += 1;
  }
}

interface Wish {
  topic?: string;
  id?: string;
  head?: number;
}

let broker: Broker<Listener>;
let jun: Listener;
beforeEach(() => {
  broker = new Broker({ capacity: { bytes: 1_000, unacknowledged: 10 } });
  jun = new Listener();
});

function subscribe(subscriber: Listener, { topic = "a", id = topic, head = 0 }: Wish = {}): Subscription<Listener> {
  const subscription = open(subscriber, { topic, id });
  subscription.coverUpTo(head);
  subscription.release();
  return subscription;
}

function open(subscriber: Listener, { topic = "a", id = topic }: Wish = {}): Subscription<Listener> {
  return broker.subscribe({ topic, destination: topic, id, subscriber });
}

function note(body: string, further: Partial<Delivery> = {}): Delivery {
  return { message: new Message({ destination: "a" }, body), ...further };
}

describe("fan-out", () => {
  test("everyone who is subscribed hears it, in the order it was published, and nobody else", () => {
    const mina = new Listener();
    subscribe(jun);
    subscribe(mina, { topic: "b" });
    for (const body of ["1", "2", "3"]) broker.publish("a", note(body));
    expect(jun.heard).toEqual(["1", "2", "3"]);
    expect(mina.heard).toEqual([]);
  });

  test("one Buffer serves all who chose the same id and version", () => {
    const others = [new Listener(), new Listener("1.1"), new Listener()];
    subscribe(jun);
    for (const [index, other] of others.entries()) subscribe(other, { id: index === 2 ? "sub-0" : "a" });
    broker.publish("a", note("x"));
    const [same, older, named] = others.map(({ frames }) => frames[0]);
    expect(same).toBe(jun.frames[0]);
    expect(older).not.toBe(jun.frames[0]);
    expect(named).not.toBe(jun.frames[0]);
  });

  test("one destination under two ids is heard twice", () => {
    subscribe(jun, { id: "one" });
    subscribe(jun, { id: "two" });
    broker.publish("a", note("x"));
    expect(jun.heard).toEqual(["x", "x"]);
  });

  test("who leaves while a message goes round does not hear it any more, and the others do", () => {
    const mina = new Listener();
    const junIsHere = open(jun);
    subscribe(mina);
    jun.meanwhile = () => {};
    mina.meanwhile = () => broker.unsubscribe(junIsHere);
    junIsHere.release();
    broker.publish("a", note("1"));
    broker.publish("a", note("2"));
    expect(jun.heard).toEqual(["1"]);
    expect(mina.heard).toEqual(["1", "2"]);
  });

  test("unsubscribing twice does no harm and leaves nothing behind", () => {
    const subscription = subscribe(jun);
    expect(broker.size).toBe(1);
    broker.unsubscribe(subscription);
    broker.unsubscribe(subscription);
    expect(broker.size).toBe(0);
    expect([...broker.subscriptions("a")]).toEqual([]);
  });
});

describe("holding", () => {
  test("what is published while a subscription opens comes when it is released, in order", () => {
    const subscription = open(jun);
    for (const body of ["1", "2"]) broker.publish("a", note(body));
    expect(jun.heard).toEqual([]);
    subscription.release();
    broker.publish("a", note("3"));
    expect(jun.heard).toEqual(["1", "2", "3"]);
  });

  test("it waits until nobody holds it any more", () => {
    const subscription = open(jun);
    subscription.hold();
    broker.publish("a", note("1"));
    subscription.release();
    expect(jun.heard).toEqual([]);
    subscription.release();
    expect(jun.heard).toEqual(["1"]);
  });

  test("once ended nothing comes, neither what has waited nor what follows, whoever releases it", () => {
    const subscription = open(jun);
    broker.publish("a", note("1"));
    broker.unsubscribe(subscription);
    subscription.release();
    const late = note("2");
    subscription.offer(late, late.message.encode("1.2", "a"));
    expect(jun.heard).toEqual([]);
  });

  test("who is cut under the weight of his subscriptions is not sent the rest of them", () => {
    for (const id of ["1", "2", "3"]) subscribe(jun, { id });
    jun.meanwhile = () => {
      jun.wire.over = jun.heard.length === 2;
    };
    broker.publish("a", note("much"));
    expect(jun.heard).toEqual(["much", "much"]);
  });

  test("more than its capacity may not wait: the ephemeral is left out, for the durable its owner has to go", () => {
    open(jun);
    broker.publish("a", note("x".repeat(888)));
    broker.publish("a", note("y".repeat(200), { ephemeral: true }));
    expect(jun.overflows).toBe(0);
    broker.publish("a", note("z".repeat(88)));
    expect(jun.overflows).toBe(0);
    // Full to the last octet, headers and all.
    broker.publish("a", note(""));
    expect(jun.overflows).toBe(1);
  });
});

describe("positions", () => {
  test("what the replay has covered is dropped, whether it was published before, during or long after", () => {
    const subscription = open(jun);
    broker.publish("a", note("5", { position: 5 }));
    broker.publish("a", note("6", { position: 6 }));
    subscription.coverUpTo(5);
    subscription.release();
    broker.publish("a", note("4, late", { position: 4 }));
    broker.publish("a", note("7", { position: 7 }));
    broker.publish("a", note("5, again", { position: 5 }));
    expect(jun.heard).toEqual(["6", "7"]);
  });

  test("what has no position always passes", () => {
    subscribe(jun, { head: 10 });
    broker.publish("a", note("typing"));
    expect(jun.heard).toEqual(["typing"]);
  });

  test("a later position does not close the door to an earlier one that comes out of order", () => {
    subscribe(jun, { head: 1 });
    for (const position of [3, 2]) broker.publish("a", note(String(position), { position }));
    expect(jun.heard).toEqual(["3", "2"]);
  });
});
