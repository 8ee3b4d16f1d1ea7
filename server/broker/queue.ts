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
  /** What one of them may keep, waiting or not acknowledged yet; bytes are those of bodies and headers. */
  messages: number;
  bytes: number;
}

/** A message's stay in a queue, from its publication until somebody has acknowledged it. */
export interface Item {
  readonly delivery: Delivery;
  readonly size: number;
  /** Its place among all that ever came, kept however often it is given back. */
  readonly place: number;
  /** How often it was handed to a consumer. */
  handed: number;
}

/** Handed out so often and given back each time, a message goes to the dead letters: it would otherwise go round for ever. */
const MOST_HANDED = 100;

/**
 * Messages of which each goes to one of several consumers, in turn, and which wait while there is none that may take one. What a consumer has not
 * acknowledged when it goes comes back to its old place, for another.
 */
export class Queue<S extends Subscriber> {
  readonly #limits: QueueOptions;
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

  /** `bury` takes what nobody would have; false: it has to stay. */
  constructor(limits: QueueOptions, bury: (delivery: Delivery) => boolean) {
    this.#limits = limits;
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

  /** Whether so many more messages, with so many bytes together, may be kept. */
  hasRoom(messages: number, bytes: number): boolean {
    return this.#kept + messages <= this.#limits.messages && this.#keptBytes + bytes <= this.#limits.bytes;
  }

  add(delivery: Delivery): void {
    const { size } = delivery.message;
    this.#places += 1;
    this.#kept += 1;
    this.#keptBytes += size;
    this.#waiting.add({ delivery, size, place: this.#places, handed: 0 });
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

  /** Puts what was not acknowledged back to its place, marked as redelivered from now on. */
  giveBack(items: readonly Item[]): void {
    const buried = items.filter(({ handed, delivery }) => handed >= MOST_HANDED && this.#bury(delivery));
    this.letGo(buried);
    this.#waiting.giveBack(buried.length === 0 ? items : items.filter((item) => !buried.includes(item)));
    this.pump();
  }

  /** Nobody will ask for these any more. */
  letGo(items: readonly Item[]): void {
    this.#kept -= items.length;
    for (const { size } of items) this.#keptBytes -= size;
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
      item.handed += 1;
      if (!consumer.unacknowledged) this.letGo([item]);
      consumer.hand(item);
    }
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
