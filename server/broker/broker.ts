import type { Encoded } from "#server/stomp/frame.ts";
import type { Version } from "#server/stomp/version.ts";
import type { Delivery } from "./delivery.ts";
import { type Demand, Queue, type QueueOptions, weightOf } from "./queue.ts";
import { type Capacity, type Request, type Subscriber, Subscription } from "./subscription.ts";

export interface BrokerOptions {
  capacity: Capacity;
  /** None without. */
  queues?: QueueOptions;
}

/** The subscriptions of a topic that get the very same frame: of one version, under one id. */
interface Channel<S extends Subscriber> {
  readonly version: Version;
  readonly id: string | undefined;
  readonly subscriptions: Set<Subscription<S>>;
}

/**
 * Publish and subscribe within one process. Of a topic it keeps nothing: who is not subscribed when something is published does not get it. What is
 * published to a queue goes to one of those who listen, and waits while there is nobody.
 */
export class Broker<S extends Subscriber> {
  readonly #topics = new Map<string, Map<string, Channel<S>>>();
  readonly #queues = new Map<string, Queue<S>>();
  readonly #options: BrokerOptions;
  /** What all queues keep. */
  readonly #kept = { bytes: 0 };
  #size = 0;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  /** How many subscriptions there are. */
  get size(): number {
    return this.#size;
  }

  /** Registers a subscription, held once: it misses nothing from now on, and gets nothing before `release`. */
  subscribe(request: Request<S>): Subscription<S> {
    const subscription = new Subscription(request, this.#options.capacity);
    subscription.hold();
    this.#channel(request).subscriptions.add(subscription);
    if (this.#isQueue(request.topic)) this.#queue(request.topic).join(subscription);
    this.#size += 1;
    return subscription;
  }

  /** With the last hold gone a consumer is handed what its queue holds. */
  release(subscription: Subscription<S>): void {
    subscription.release();
    this.#queues.get(subscription.topic)?.pump();
  }

  /** Ends a subscription for good; twice does no harm. What it has not acknowledged goes to others. */
  unsubscribe(subscription: Subscription<S>): void {
    subscription.end();
    const { topic, id, subscriber } = subscription;
    const channels = this.#topics.get(topic);
    const key = channelKey(subscriber.version, id);
    const all = channels?.get(key)?.subscriptions;
    if (!channels || !all?.delete(subscription)) return;
    this.#size -= 1;
    if (all.size === 0) channels.delete(key);
    if (channels.size === 0) this.#topics.delete(topic);
    this.#leave(subscription);
  }

  /** Offers a delivery to every subscription of the topic, in the order of the calls; of a queue, to one of them. */
  publish(topic: string, delivery: Delivery): void {
    if (this.#isQueue(topic)) {
      this.#queue(topic).add(delivery);
      this.#forget(topic);
      return;
    }
    for (const { version, id, subscriptions } of this.#topics.get(topic)?.values() ?? []) {
      let frame: Encoded | undefined;
      for (const subscription of subscriptions) {
        // Somebody who was cut a moment ago under the weight of a thousand copies is not sent one under yet another id.
        if (subscription.subscriber.wire.over) continue;
        frame ??= delivery.message.encode(version, id);
        subscription.offer(delivery, frame);
      }
    }
  }

  /** Whether all of it together may wait in these queues. A topic has room for everything. */
  hasRoom(demands: ReadonlyMap<string, Demand>): boolean {
    const { most = 0, totalBytes = 0 } = this.#options.queues ?? {};
    let [queues, bytes] = [this.#queues.size, this.#kept.bytes];
    for (const [topic, demand] of demands) {
      if (!this.#isQueue(topic)) continue;
      const known = this.#queues.get(topic);
      if (!known) queues += 1;
      bytes += weightOf(demand);
      if (queues > most || bytes > totalBytes || !(known ?? this.#newQueue(topic)).hasRoom(demand)) return false;
    }
    return true;
  }

  /** Settles one message of a subscription, in mode `client` everything before it, too; of a queue's, `isDone` false puts it back for another. */
  settle(subscription: Subscription<S>, messageId: string, isDone: boolean): void {
    const items = subscription.unacknowledged?.take(messageId) ?? [];
    const queue = this.#queues.get(subscription.topic);
    if (isDone) queue?.letGo(items);
    else queue?.refused(items);
    queue?.pump();
  }

  *subscriptions(topic: string): Iterable<Subscription<S>> {
    for (const { subscriptions } of this.#topics.get(topic)?.values() ?? []) yield* subscriptions;
  }

  #channel({ topic, id, subscriber: { version } }: Request<S>): Channel<S> {
    const channels = this.#topics.get(topic) ?? new Map<string, Channel<S>>();
    this.#topics.set(topic, channels);
    const key = channelKey(version, id);
    const channel = channels.get(key) ?? { version, id, subscriptions: new Set() };
    channels.set(key, channel);
    return channel;
  }

  #isQueue(topic: string): boolean {
    return this.#options.queues?.isQueue(topic) ?? false;
  }

  #queue(topic: string): Queue<S> {
    const queue = this.#queues.get(topic) ?? this.#newQueue(topic);
    this.#queues.set(topic, queue);
    return queue;
  }

  #newQueue(topic: string): Queue<S> {
    if (!this.#options.queues) throw new Error("There are no queues here.");
    return new Queue(this.#options.queues, this.#kept, (delivery) => this.#bury(topic, delivery));
  }

  /** False where there are no dead letters, or no room for more of them: nothing is dropped that nobody has acknowledged. */
  #bury(topic: string, { message }: Delivery): boolean {
    const deadLetters = this.#options.queues?.deadLettersOf(topic);
    if (deadLetters === undefined) return false;
    const dead = message.with({ destination: deadLetters, "original-destination": topic });
    if (!this.hasRoom(new Map([[deadLetters, { messages: 1, bytes: dead.size }]]))) return false;
    this.publish(deadLetters, { message: dead });
    return true;
  }

  #leave(subscription: Subscription<S>): void {
    const { topic } = subscription;
    const queue = this.#queues.get(topic);
    queue?.leave(subscription);
    queue?.orphaned(subscription.unacknowledged?.takeAll() ?? []);
    this.#forget(topic);
  }

  #forget(topic: string): void {
    if (this.#queues.get(topic)?.idle) this.#queues.delete(topic);
  }
}

function channelKey(version: Version, id: string | undefined): string {
  return id === undefined ? version : `${version} ${id}`;
}
