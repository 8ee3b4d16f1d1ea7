import { Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Broker } from "#server/broker/broker.ts";
import type { Request, Subscriber, Subscription } from "#server/broker/subscription.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";

/** How what a subscription is handed is acknowledged. */
export type Acknowledging = Pick<Request<Subscriber>, "ack" | "prefetch">;

/** Whose subscriptions they are. It is told when one has become live, and when such a one has ended. */
interface Owner extends Subscriber {
  wentLive(destination: string): void;
  wentOff(destination: string): void;
}

/** The subscriptions of one session, by the id that the client gave them. */
export class Subscriptions<S extends Owner> {
  readonly #broker: Broker<S>;
  readonly #subscriber: S;
  readonly #most: number;
  readonly #byId = new Map<string, Subscription<S>>();
  #byNumber: Map<number, Subscription<S>> | undefined;
  #numbers = 0;
  /** Why the server ended one, for its opening to tell. */
  #reasons: WeakMap<Subscription<S>, RefusalCode> | undefined;
  /** Ids that the client may believe to be subscribed, although the server has ended or refused them: UNSUBSCRIBE may name them once. */
  #endedIds: Set<string> | undefined;

  constructor(broker: Broker<S>, subscriber: S, most: number) {
    this.#broker = broker;
    this.#subscriber = subscriber;
    this.#most = most;
  }

  /** Registers a subscription, held. The id is taken from now on. */
  add(frame: Frame, destination: string, topic: string, acknowledging: Acknowledging = {}): Subscription<S> {
    const key = this.#key(frame);
    if (this.#byId.size >= this.#most) throw new Refusal("rate-limited");
    const id = frame.headers.get("id");
    this.#numbers += 1;
    const own = { ...acknowledging, number: this.#numbers };
    const subscription = this.#broker.subscribe({ topic, destination, id, subscriber: this.#subscriber, ...own });
    this.#byId.set(key, subscription);
    if (subscription.unacknowledged) {
      this.#byNumber ??= new Map();
      this.#byNumber.set(subscription.number, subscription);
    }
    this.#endedIds?.delete(key);
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
    if (!subscription && !this.#endedIds?.delete(key))
      throw new ProtocolError("malformed", "There is no subscription with this id");
    return subscription;
  }

  /** The one that listens to a destination, if any. */
  to(destination: string): Subscription<S> | undefined {
    for (const subscription of this.#byId.values()) if (subscription.destination === destination) return subscription;
    return undefined;
  }

  byId(id: string): Subscription<S> | undefined {
    return this.#byId.get(id);
  }

  /** The one whose messages carry this number in their `ack` header; undefined when it is gone. Throws when there never was one. */
  numbered(number: number): Subscription<S> | undefined {
    if (!(number >= 1 && number <= this.#numbers)) throw new ProtocolError("malformed", "There is no such ack id");
    return this.#byNumber?.get(number);
  }

  all(): Subscription<S>[] {
    return [...this.#byId.values()];
  }

  destinations(): string[] {
    return [...new Set(this.all().map((subscription) => subscription.destination))];
  }

  /** Its replay and RECEIPT are out. */
  goLive(subscription: Subscription<S>): void {
    this.#broker.release(subscription);
    subscription.live = true;
    this.#subscriber.wentLive(subscription.destination);
  }

  /** Takes a subscription away; false when it was gone already. With a reason it was the server's doing. */
  remove(subscription: Subscription<S>, reason?: RefusalCode): boolean {
    const key = subscription.id ?? subscription.destination;
    if (this.#byId.get(key) !== subscription) return false;
    this.#byId.delete(key);
    this.#byNumber?.delete(subscription.number);
    this.#broker.unsubscribe(subscription);
    if (reason) {
      this.#reasons ??= new WeakMap();
      this.#reasons.set(subscription, reason);
      this.rememberEnded(key);
    }
    if (subscription.live) this.#subscriber.wentOff(subscription.destination);
    return true;
  }

  /** A SUBSCRIBE was refused: an UNSUBSCRIBE may be under way already. */
  rememberEnded(key: string): void {
    this.#endedIds ??= new Set();
    const [oldest] = this.#endedIds;
    if (oldest !== undefined && this.#endedIds.size >= this.#most) this.#endedIds.delete(oldest);
    this.#endedIds.add(key);
  }

  /** Why the server ended this subscription; undefined when it did not. */
  reason(subscription: Subscription<S>): RefusalCode | undefined {
    return this.#reasons?.get(subscription);
  }

  #key(frame: Frame): string {
    const id = frame.headers.get("id");
    if (id !== undefined) return id;
    const destination = this.#subscriber.version === "1.0" ? frame.headers.get("destination") : undefined;
    if (destination === undefined) throw new ProtocolError("malformed", "The id header is missing");
    return destination;
  }
}
