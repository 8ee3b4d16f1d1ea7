import type { Encoded } from "#server/stomp/frame.ts";
import type { Version } from "#server/stomp/version.ts";
import type { Delivery } from "./delivery.ts";

/** Whoever holds subscriptions: a session. */
export interface Subscriber {
  readonly version: Version;
  /** Takes a frame at once; it never waits. */
  deliver(frame: Encoded, delivery: Delivery, subscription: Subscription<Subscriber>): void;
  /** More waits for a held subscription than may: nothing durable is dropped silently, so the subscriber has to go. */
  overflow(): void;
}

export interface Request<S extends Subscriber> {
  topic: string;
  /** As the client named it. */
  destination: string;
  /** Undefined only in STOMP 1.0. */
  id: string | undefined;
  subscriber: S;
}

/**
 * A subscription is *held* while anybody has reason to: it opens (its replay is being read), or access is under review. What is published meanwhile
 * waits. With the last hold gone it is *live*. Once *ended* nothing passes any more, whoever still holds it.
 */
export class Subscription<S extends Subscriber> implements Request<S> {
  readonly topic: string;
  readonly destination: string;
  readonly id: string | undefined;
  readonly subscriber: S;
  readonly #capacity: number;
  #holds = 0;
  #head = Number.NEGATIVE_INFINITY;
  #waiting: Delivery[] = [];
  #waitingBytes = 0;
  #ended = false;

  /** `capacity` is in bytes of waiting bodies. */
  constructor(request: Request<S>, capacity: number) {
    this.topic = request.topic;
    this.destination = request.destination;
    this.id = request.id;
    this.subscriber = request.subscriber;
    this.#capacity = capacity;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How many have reason to hold it. */
  get holds(): number {
    return this.#holds;
  }

  hold(): void {
    this.#holds += 1;
  }

  /** Takes back one hold. With the last one, what has waited goes out. */
  release(): void {
    this.#holds -= 1;
    if (this.#holds > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const delivery of waiting) this.offer(delivery);
  }

  /** For as long as it lives, what stands at or before this position is dropped: the replay has brought it. */
  coverUpTo(head: number): void {
    this.#head = head;
  }

  offer(delivery: Delivery): void {
    if (this.#ended) return;
    if (this.#holds > 0) this.#keep(delivery);
    else if (delivery.position === undefined || delivery.position > this.#head) {
      const { subscriber, id } = this;
      subscriber.deliver(delivery.message.encode(subscriber.version, id), delivery, this);
    }
  }

  end(): void {
    this.#ended = true;
    this.#waiting = [];
  }

  #keep(delivery: Delivery): void {
    this.#waitingBytes += delivery.message.size;
    if (this.#waitingBytes <= this.#capacity) this.#waiting.push(delivery);
    else if (delivery.ephemeral) this.#waitingBytes -= delivery.message.size;
    else this.subscriber.overflow();
  }
}
