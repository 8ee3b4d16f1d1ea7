import type { Encoded } from "#server/stomp/frame.ts";
import type { Version } from "#server/stomp/version.ts";
import type { Delivery } from "./delivery.ts";
import type { Item } from "./queue.ts";
import { Unacknowledged } from "./unacknowledged.ts";

/** Whoever holds subscriptions: a session. */
export interface Subscriber {
  readonly version: Version;
  /** Takes a frame at once; it never waits. */
  deliver(frame: Encoded, delivery: Delivery, subscription: Subscription<Subscriber>): void;
  /** More waits for a held subscription than may: nothing durable is dropped silently, so the subscriber has to go. */
  overflow(): void;
  readonly wire: {
    /** Nothing that it is handed goes out any more. */
    readonly over: boolean;
    /** It reads too slowly to be handed more of a queue. */
    readonly crowded: boolean;
    /** Resolves when it does not any more, or is gone. */
    room(): Promise<void>;
  };
}

/** How a subscription acknowledges what it is handed (STOMP 1.2, "SUBSCRIBE ack Header"). */
export type AckMode = "auto" | "client" | "client-individual";

export interface Request<S extends Subscriber> {
  topic: string;
  /** As the client named it. */
  destination: string;
  /** Undefined only in STOMP 1.0. */
  id: string | undefined;
  subscriber: S;
  ack?: AckMode;
  /** How many messages of a queue may be unacknowledged at once. */
  prefetch?: number;
  /** Names this subscription in the `ack` headers of its messages; unique within the session. */
  number?: number;
}

/** What a subscription may wait for. */
export interface Capacity {
  /** Bytes of bodies that wait while it is held. */
  bytes: number;
  /** Messages that were not acknowledged. */
  unacknowledged: number;
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
  readonly ack: AckMode;
  readonly number: number;
  /** Undefined where nothing is acknowledged. */
  readonly unacknowledged: Unacknowledged | undefined;
  /** Its opening is over: whoever it belongs to was told so. */
  live = false;
  readonly #prefetch: number;
  readonly #capacity: Capacity;
  #holds = 0;
  #head = Number.NEGATIVE_INFINITY;
  #waiting: Delivery[] | undefined;
  #waitingBytes = 0;
  #ended = false;

  constructor(request: Request<S>, capacity: Capacity) {
    this.topic = request.topic;
    this.destination = request.destination;
    this.id = request.id;
    this.subscriber = request.subscriber;
    this.ack = request.ack ?? "auto";
    this.number = request.number ?? 0;
    this.unacknowledged = this.ack === "auto" ? undefined : new Unacknowledged({ cumulative: this.ack === "client" });
    this.#prefetch = request.prefetch ?? Number.POSITIVE_INFINITY;
    this.#capacity = capacity;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How many have reason to hold it. */
  get holds(): number {
    return this.#holds;
  }

  /** Whether it may be handed a message of its queue now. */
  get mayTake(): boolean {
    const { wire } = this.subscriber;
    if (this.#ended || this.#holds > 0 || wire.over || wire.crowded) return false;
    return !this.unacknowledged || this.unacknowledged.size < Math.min(this.#prefetch, this.#capacity.unacknowledged);
  }

  hold(): void {
    this.#holds += 1;
  }

  /** Takes back one hold. With the last one, what has waited goes out. */
  release(): void {
    this.#holds -= 1;
    if (this.#holds > 0) return;
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    this.#waitingBytes = 0;
    const { subscriber, id } = this;
    for (const delivery of waiting) this.offer(delivery, delivery.message.encode(subscriber.version, id));
  }

  /** For as long as it lives, what stands at or before this position is dropped: the replay has brought it. */
  coverUpTo(head: number): void {
    this.#head = head;
  }

  /** A topic's message. `frame` is it as this subscription gets it, unless it has to be acknowledged. */
  offer(delivery: Delivery, frame: Encoded): void {
    if (this.#ended) return;
    if (this.#holds > 0) this.#keep(delivery);
    else if (delivery.position === undefined || delivery.position > this.#head) {
      if (this.unacknowledged) this.#ask(delivery, this.unacknowledged);
      else this.subscriber.deliver(frame, delivery, this);
    }
  }

  /** A queue's message, for this subscription alone. */
  hand(item: Item): void {
    const { delivery, isRedelivered } = item;
    this.unacknowledged?.add(delivery.message.id, item);
    this.#deliverAlone(delivery, isRedelivered);
  }

  end(): void {
    this.#ended = true;
    this.#waiting = undefined;
  }

  #keep(delivery: Delivery): void {
    this.#waitingBytes += delivery.message.size;
    this.#waiting ??= [];
    if (this.#waitingBytes <= this.#capacity.bytes) this.#waiting.push(delivery);
    else if (delivery.ephemeral) this.#waitingBytes -= delivery.message.size;
    else this.subscriber.overflow();
  }

  #ask(delivery: Delivery, unacknowledged: Unacknowledged): void {
    if (unacknowledged.size >= this.#capacity.unacknowledged) this.subscriber.overflow();
    else {
      unacknowledged.add(delivery.message.id, undefined);
      this.#deliverAlone(delivery, false);
    }
  }

  #deliverAlone(delivery: Delivery, isRedelivered: boolean): void {
    const { subscriber, id, number } = this;
    const own: Record<string, string> = {};
    // 1.2, "MESSAGE": what has to be acknowledged says how. Before 1.2 it is named by message-id and subscription.
    if (this.unacknowledged && subscriber.version === "1.2") own.ack = `${number}.${delivery.message.id}`;
    if (isRedelivered) own.redelivered = "true";
    subscriber.deliver(delivery.message.encodeAlone(subscriber.version, id, own), delivery, this);
  }
}
