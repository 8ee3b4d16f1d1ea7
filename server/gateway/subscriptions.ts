import { Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Broker } from "#server/broker/broker.ts";
import type { Subscriber, Subscription } from "#server/broker/subscription.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";

/** Who wants to know when a subscription has become live, and when such a one has ended. */
interface Told {
  subscribed(destination: string): void;
  unsubscribed(destination: string): void;
}

/** The subscriptions of one session, by the id that the client gave them. */
export class Subscriptions<S extends Subscriber> {
  readonly #broker: Broker<S>;
  readonly #subscriber: S;
  readonly #most: number;
  readonly #told: Told;
  readonly #byId = new Map<string, Subscription<S>>();
  readonly #live = new WeakSet<Subscription<S>>();
  /** Why the server ended one, for its opening to tell. */
  readonly #reasons = new WeakMap<Subscription<S>, RefusalCode>();
  /** Ids that the client may believe to be subscribed, although the server has ended or refused them: UNSUBSCRIBE may name them once. */
  readonly #endedIds = new Set<string>();

  constructor(broker: Broker<S>, subscriber: S, most: number, told: Told) {
    this.#broker = broker;
    this.#subscriber = subscriber;
    this.#most = most;
    this.#told = told;
  }

  /** Registers a subscription, held. The id is taken from now on. */
  add(frame: Frame, destination: string, topic: string): Subscription<S> {
    const key = this.#key(frame);
    if (this.#byId.size >= this.#most) throw new Refusal("rate-limited");
    const id = frame.headers.get("id");
    const subscription = this.#broker.subscribe({ topic, destination, id, subscriber: this.#subscriber });
    this.#byId.set(key, subscription);
    this.#endedIds.delete(key);
    return subscription;
  }

  /** Throws when the frame cannot become a subscription of this session, whatever its destination. */
  check(frame: Frame): void {
    if (this.#byId.has(this.#key(frame)))
      throw new ProtocolError("malformed", "A subscription with this id exists already");
  }

  /** What UNSUBSCRIBE names; undefined when the server was faster. */
  named(frame: Frame): Subscription<S> | undefined {
    const key = this.#key(frame);
    const subscription = this.#byId.get(key);
    if (!subscription && !this.#endedIds.delete(key))
      throw new ProtocolError("malformed", "There is no subscription with this id");
    return subscription;
  }

  /** The one that listens to a destination, if any. */
  to(destination: string): Subscription<S> | undefined {
    for (const subscription of this.#byId.values()) if (subscription.destination === destination) return subscription;
    return undefined;
  }

  all(): Subscription<S>[] {
    return [...this.#byId.values()];
  }

  destinations(): string[] {
    return [...new Set(this.all().map((subscription) => subscription.destination))];
  }

  /** Its replay and RECEIPT are out. */
  goLive(subscription: Subscription<S>): void {
    subscription.release();
    this.#live.add(subscription);
    this.#told.subscribed(subscription.destination);
  }

  isLive(subscription: Subscription<S>): boolean {
    return this.#live.has(subscription);
  }

  /** Takes a subscription away; false when it was gone already. With a reason it was the server's doing. */
  remove(subscription: Subscription<S>, reason?: RefusalCode): boolean {
    const key = subscription.id ?? subscription.destination;
    if (this.#byId.get(key) !== subscription) return false;
    this.#byId.delete(key);
    this.#broker.unsubscribe(subscription);
    if (reason) {
      this.#reasons.set(subscription, reason);
      this.rememberEnded(key);
    }
    if (this.#live.delete(subscription)) this.#told.unsubscribed(subscription.destination);
    return true;
  }

  /** A SUBSCRIBE was refused: an UNSUBSCRIBE may be under way already. */
  rememberEnded(key: string): void {
    const [oldest] = this.#endedIds;
    if (oldest !== undefined && this.#endedIds.size >= this.#most) this.#endedIds.delete(oldest);
    this.#endedIds.add(key);
  }

  /** Why the server ended this subscription; undefined when it did not. */
  reason(subscription: Subscription<S>): RefusalCode | undefined {
    return this.#reasons.get(subscription);
  }

  #key(frame: Frame): string {
    const id = frame.headers.get("id");
    if (id !== undefined) return id;
    const destination = this.#subscriber.version === "1.0" ? frame.headers.get("destination") : undefined;
    if (destination === undefined) throw new ProtocolError("malformed", "The id header is missing");
    return destination;
  }
}
