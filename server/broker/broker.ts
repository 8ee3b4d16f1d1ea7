import type { Delivery } from "./delivery.ts";
import { type Request, type Subscriber, Subscription } from "./subscription.ts";

/** Publish and subscribe within one process. It keeps nothing: who is not subscribed when something is published does not get it. */
export class Broker<S extends Subscriber> {
  readonly #topics = new Map<string, Set<Subscription<S>>>();
  readonly #capacity: number;
  #size = 0;

  /** `capacity`: bytes of bodies that may wait for one held subscription. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many subscriptions there are. */
  get size(): number {
    return this.#size;
  }

  /** Registers a subscription, held once: it misses nothing from now on, and gets nothing before `release`. */
  subscribe(request: Request<S>): Subscription<S> {
    const subscription = new Subscription(request, this.#capacity);
    subscription.hold();
    const others = this.#topics.get(request.topic);
    if (others) others.add(subscription);
    else this.#topics.set(request.topic, new Set([subscription]));
    this.#size += 1;
    return subscription;
  }

  /** Ends a subscription for good; twice does no harm. */
  unsubscribe(subscription: Subscription<S>): void {
    subscription.end();
    const all = this.#topics.get(subscription.topic);
    if (!all?.delete(subscription)) return;
    this.#size -= 1;
    if (all.size === 0) this.#topics.delete(subscription.topic);
  }

  /** Offers a delivery to every subscription of the topic, in the order of the calls. */
  publish(topic: string, delivery: Delivery): void {
    for (const subscription of this.subscriptions(topic)) subscription.offer(delivery);
  }

  subscriptions(topic: string): Iterable<Subscription<S>> {
    return this.#topics.get(topic) ?? [];
  }
}
