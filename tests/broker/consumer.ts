import { Broker } from "#server/broker/broker.ts";
import type { Delivery } from "#server/broker/delivery.ts";
import type { AckMode, Subscriber, Subscription } from "#server/broker/subscription.ts";
import type { Encoded } from "#server/stomp/frame.ts";
import { Message } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";

/** Somebody who takes messages of queues and remembers them; how fast is said by hand. */
export class Consumer implements Subscriber {
  readonly version: Version = "1.2";
  /** Bodies; of a message that had been handed out before, with a mark. */
  readonly taken: string[] = [];
  /** Of each of them. */
  readonly headers: Record<string, string>[] = [];
  readonly wire = {
    over: false,
    crowded: false,
    room: () => new Promise<void>((resolve) => this.#waiting.push(resolve)),
  };
  readonly #waiting: (() => void)[] = [];
  /** How many more it takes before it is crowded. */
  appetite = Number.POSITIVE_INFINITY;
  overflows = 0;

  deliver(frame: Encoded): void {
    const text = frame.bytes.toString();
    this.headers.push(
      Object.fromEntries([...text.matchAll(/^([^:\n]+):(.*)$/gm)].map(([, name, value]) => [name, value])),
    );
    this.taken.push(
      `${text.split("\n\n")[1]?.replace("\0", "")}${text.includes("\nredelivered:true\n") ? " again" : ""}`,
    );
    this.appetite -= 1;
    this.wire.crowded = this.appetite <= 0;
  }

  overflow(): void {
    this.overflows += 1;
  }

  /** Reads what has piled up, and `appetite` more from then on. */
  async read(appetite = Number.POSITIVE_INFINITY): Promise<void> {
    this.appetite = appetite;
    this.wire.crowded = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
    await new Promise(setImmediate);
  }
}

const LIMITS = {
  isQueue: (topic: string) => topic.startsWith("/queue/"),
  deadLettersOf: (topic: string) => (topic === "/queue/a" ? "/queue/DLQ.a" : undefined),
  ...{ most: 3, messages: 200, bytes: 1_000_000, totalBytes: 3_000_000 },
};

/** A broker with few, small queues. */
export function openQueues(limits: Partial<typeof LIMITS> = {}): Broker<Consumer> {
  return new Broker({ capacity: { bytes: 1_000, unacknowledged: 10 }, queues: { ...LIMITS, ...limits } });
}

/** Subscribes, live at once. */
export function consume(
  broker: Broker<Consumer>,
  subscriber: Consumer,
  { queue = "/queue/a", id = "s", ...how }: { queue?: string; id?: string; ack?: AckMode; prefetch?: number } = {},
): Subscription<Consumer> {
  const subscription = broker.subscribe({ topic: queue, destination: queue, id, subscriber, ...how });
  broker.release(subscription);
  return subscription;
}

/** Whether one queue could take so much more. */
export function hasRoom(broker: Broker<Consumer>, queue: string, messages: number, bytes: number): boolean {
  return broker.hasRoom(new Map([[queue, { messages, bytes }]]));
}

/** A message whose id is its body. */
export function message(body: string): Delivery {
  return { message: new Message({ "message-id": body }, body) };
}
