import type { Delivery } from "./delivery.ts";
import type { Subscriber, Subscription } from "./subscription.ts";
import { Waiting } from "./waiting.ts";

export interface QueueOptions {
  /** Whether a topic is a queue: each message goes to one subscription, and waits while there is none. */
  isQueue(topic: string): boolean;
  /** The queue for what the consumers of this one have given back too often; undefined where it is kept for whoever takes it in the end. */
  deadLettersOf(topic: string): string | undefined;
  /** How many queues there may be. */
  most: number;
  /** What one of them may keep, waiting or not acknowledged yet; bytes are those of bodies and headers, and of what a message takes up besides. */
  messages: number;
  bytes: number;
  /** What all of them may keep together. */
  totalBytes: number;
}

/** What is asked of a queue at once; bytes are those of bodies and headers. */
export interface Demand {
  messages: number;
  bytes: number;
}

/** Bytes that a message takes up besides its body and headers. */
const OVERHEAD = 512;

/** What so much more would take up. */
export const weightOf = ({ messages, bytes }: Demand): number => bytes + messages * OVERHEAD;

/** A message's stay in a queue, from its publication until somebody has acknowledged it. */
export interface Item {
  readonly delivery: Delivery;
  readonly size: number;
  /** Its place among all that ever came, kept however often it is given back. */
  readonly place: number;
  isRedelivered: boolean;
  /** How often it was refused, or was what a lost consumer had been at. */
  failures: number;
}

/** After so many failures a message goes to the dead letters: it would otherwise go round for ever. */
const MOST_FAILURES = 100;

/**
 * Messages of which each goes to one of several consumers, in turn, and which wait while there is none that may take one. What a consumer has not
 * acknowledged when it goes comes back to its old place, for another.
 */
export class Queue<S extends Subscriber> {
  readonly #limits: QueueOptions;
  readonly #total: { bytes: number };
  readonly #bury: (delivery: Delivery) => boolean;
  readonly #consumers: Subscription<S>[] = [];
  readonly #waiting = new Waiting();
  /** Those who read too slowly, and are waited for. */
  readonly #slow = new Set<Subscription<S>>();
  /** Waiting, or handed out and not acknowledged yet: either way it is in memory. */
  #kept = 0;
  #keptBytes = 0;
  #places = 0;
  #turn = 0;

  /** `total` is what all queues keep together, and counted here; `bury` takes what nobody would have, or says false: it has to stay. */
  constructor(limits: QueueOptions, total: { bytes: number }, bury: (delivery: Delivery) => boolean) {
    this.#limits = limits;
    this.#total = total;
    this.#bury = bury;
  }

  /** Nobody listens and nothing waits: it may be forgotten. */
  get idle(): boolean {
    return this.#consumers.length === 0 && this.length === 0;
  }

  /** Messages that wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Whether so much more may be kept, as far as this queue is concerned. */
  hasRoom(demand: Demand): boolean {
    const { messages, bytes } = this.#limits;
    return this.#kept + demand.messages <= messages && this.#keptBytes + weightOf(demand) <= bytes;
  }

  add(delivery: Delivery): void {
    const size = weightOf({ messages: 1, bytes: delivery.message.size });
    this.#places += 1;
    this.#kept += 1;
    this.#keptBytes += size;
    this.#total.bytes += size;
    this.#waiting.add({ delivery, size, place: this.#places, isRedelivered: false, failures: 0 });
    this.pump();
  }

  join(consumer: Subscription<S>): void {
    this.#consumers.push(consumer);
  }

  leave(consumer: Subscription<S>): void {
    const index = this.#consumers.indexOf(consumer);
    if (index === -1) return;
    this.#consumers.splice(index, 1);
    if (index < this.#turn) this.#turn -= 1;
  }

  /** What a consumer refused goes back to its place, and each of it has failed once more. */
  refused(items: readonly Item[]): void {
    for (const item of items) item.failures += 1;
    this.#giveBack(items);
  }

  /** A consumer is gone without having acknowledged these: it was at the first of them. */
  orphaned(items: readonly Item[]): void {
    if (items[0]) items[0].failures += 1;
    this.#giveBack(items);
  }

  /** Nobody will ask for these any more. */
  letGo(items: readonly Item[]): void {
    this.#kept -= items.length;
    for (const { size } of items) {
      this.#keptBytes -= size;
      this.#total.bytes -= size;
    }
  }

  /** Hands out what waits, as long as somebody may take it. */
  pump(): void {
    while (this.length > 0) {
      const consumer = this.#choose();
      if (!consumer) {
        this.#awaitSlow();
        return;
      }
      const item = this.#waiting.take() as Item;
      if (!consumer.unacknowledged) this.letGo([item]);
      consumer.hand(item);
      item.isRedelivered = true;
    }
  }

  /** To their places, marked as redelivered from now on. */
  #giveBack(items: readonly Item[]): void {
    for (const item of items) {
      if (item.failures >= MOST_FAILURES && this.#bury(item.delivery)) this.letGo([item]);
      else this.#waiting.giveBack(item);
    }
    this.pump();
  }

  /** The next in turn who may take one. */
  #choose(): Subscription<S> | undefined {
    const { length } = this.#consumers;
    for (let tried = 0; tried < length; tried++) {
      const consumer = this.#consumers[(this.#turn + tried) % length] as Subscription<S>;
      if (!consumer.mayTake) continue;
      this.#turn = (this.#turn + tried + 1) % length;
      return consumer;
    }
    return undefined;
  }

  /** Acknowledgements and released holds pump by themselves; who only reads too slowly is waited for, each on its own. */
  #awaitSlow(): void {
    for (const consumer of this.#consumers) {
      const { wire } = consumer.subscriber;
      if (!wire.crowded || this.#slow.has(consumer)) continue;
      this.#slow.add(consumer);
      void wire.room().then(() => {
        this.#slow.delete(consumer);
        this.pump();
      });
    }
  }
}
