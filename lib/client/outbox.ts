import type { StompHeaders } from "@stomp/stompjs";
import { randomId } from "#lib/chat/ids.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { isRefusal, type Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Environment } from "./environment.ts";
import { HeldUp } from "./held-up.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { OutboxTabs } from "./outbox-tabs.ts";
import type { Outgoing } from "./outgoing.ts";

export interface OutboxOptions {
  tab: string;
  storage: OutboxStorage;
  tabs: OutboxTabs;
  environment: Environment;
  isOnline(): boolean;
  /** Resolves with the headers of the RECEIPT, rejects with a Refusal. */
  send(outgoing: Outgoing): Promise<StompHeaders>;
}

const PASSING: ReadonlySet<RefusalCode> = new Set([
  "rate-limited",
  "busy",
  "shutting-down",
  "unauthenticated",
  "expired",
]);
const PATIENCE = 1_000;
const MOMENT = 50;
const LOOK_EVERY = 60_000;

/**
 * One's own messages from the keystroke to the RECEIPT: kept through reloads, sent in the order in which they were written, one at a time in each room, again
 * after a lost connection (the server knows a message by its clientId), and waiting as long as the server asks for.
 */
export class Outbox {
  /** Rooms whose messages wait for a server that is there, and busy. */
  readonly heldUp: HeldUp;
  private readonly options: OutboxOptions;
  private readonly tabs: OutboxTabs;
  private items: readonly Outgoing[] = [];
  private readonly listeners = new Set<(room: string) => void>();
  /** Rooms with a SEND in flight, or that wait as the server asked. */
  private readonly occupied = new Set<string>();
  private order = 0;
  private cancelLook: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.tabs = options.tabs;
    this.heldUp = new HeldUp(options.environment);
  }

  start(): void {
    this.tabs.open((clientId) => this.drop(clientId));
    void this.adopt();
    this.lookAgainLater();
  }

  of(room: string): readonly Outgoing[] {
    return this.items.filter((item) => item.room === room);
  }

  /** Tells which room changed. */
  subscribe(listener: (room: string) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  post(room: string, text: string): void {
    const now = this.options.environment.now();
    this.order = Math.max(this.order + 1, now);
    const isTooLong = text.length > LIMITS.text;
    this.put({
      clientId: randomId(),
      room,
      text,
      createdAt: new Date(now).toISOString(),
      order: this.order,
      tab: this.options.tab,
      // The server would refuse it, or end the connection when the frame gets too large.
      ...(isTooLong ? { state: "failed", reason: "too-long" } : { state: "pending" }),
    });
    this.pump(room);
  }

  retry(clientId: string): void {
    const item = this.find(clientId);
    if (item?.state !== "failed") return;
    this.put({ ...item, state: "pending", reason: undefined, tab: this.options.tab });
    this.pump(item.room);
  }

  /** Posted (its MESSAGE is here) or discarded. */
  remove(clientId: string): void {
    if (!this.find(clientId)) return;
    this.drop(clientId);
    this.forget(clientId);
  }

  /** Takes up what an earlier page, or a tab that is gone, has left behind. */
  async adopt(): Promise<void> {
    const [stored, living] = await Promise.all([this.options.storage.load(), this.tabs.living()]);
    for (const item of stored.sort((one, other) => one.order - other.order)) {
      if (this.find(item.clientId) || (living.has(item.tab) && item.tab !== this.options.tab)) continue;
      this.put({ ...item, tab: this.options.tab });
    }
    this.pumpAll();
  }

  /** The connection is there: goes on with every room. */
  pumpAll(): void {
    for (const room of new Set(this.items.map((item) => item.room))) this.pump(room);
  }

  async wipe(): Promise<void> {
    this.cancelLook?.();
    this.items = [];
    this.tabs.close();
    await this.options.storage.wipe();
  }

  /** A tab that was closed while this one is online leaves its messages to it. */
  private lookAgainLater(): void {
    this.cancelLook = this.options.environment.after(LOOK_EVERY, () => {
      if (this.options.isOnline()) void this.adopt();
      this.lookAgainLater();
    });
  }

  private pump(room: string): void {
    if (this.occupied.has(room) || !this.options.isOnline()) return;
    const next = this.items.find((item) => item.room === room && item.state === "pending" && item.rev === undefined);
    if (!next) return;
    this.occupied.add(room);
    this.heldUp.begin(room);
    void this.options
      .send(next)
      .then(
        (receipt) => this.received(next, receipt),
        (error) => this.refused(next, error),
      )
      .then((pause) => this.goOn(room, pause));
  }

  private goOn(room: string, pause: number): void {
    const free = () => {
      this.occupied.delete(room);
      this.pump(room);
    };
    if (pause > 0) this.options.environment.after(pause, free);
    else free();
  }

  private received({ clientId, room }: Outgoing, receipt: StompHeaders): number {
    this.heldUp.end(room);
    this.forget(clientId);
    // The MESSAGE may have been quicker; otherwise the row stays until it comes.
    const item = this.find(clientId);
    if (item) this.replace({ ...item, state: "pending", rev: Number(receipt.rev) });
    return 0;
  }

  /** Milliseconds to wait before the room goes on. */
  private refused({ clientId, room }: Outgoing, error: unknown): number {
    if (!isRefusal(error)) throw error;
    if (error.code !== "busy" || error.field === "connection") this.heldUp.end(room);
    if (error.field === "connection") return MOMENT;
    if (PASSING.has(error.code)) return pauseFor(error);
    const item = this.find(clientId);
    if (item) this.put({ ...item, state: "failed", reason: error.code });
    return 0;
  }

  private put(item: Outgoing): void {
    this.replace(item);
    void this.options.storage.put(item);
  }

  private forget(clientId: string): void {
    void this.options.storage.remove(clientId);
    this.tabs.gone(clientId);
  }

  private replace(item: Outgoing): void {
    const others = this.items.filter(({ clientId }) => clientId !== item.clientId);
    this.items = [...others, item].sort((one, other) => one.order - other.order);
    this.tell(item.room);
  }

  private drop(clientId: string): void {
    const item = this.find(clientId);
    if (!item) return;
    this.items = this.items.filter((other) => other !== item);
    this.tell(item.room);
  }

  private find(clientId: string): Outgoing | undefined {
    return this.items.find((item) => item.clientId === clientId);
  }

  private tell(room: string): void {
    for (const listener of this.listeners) listener(room);
  }
}

function pauseFor({ retryAfter }: Refusal): number {
  return retryAfter === undefined ? PATIENCE : retryAfter * 1_000;
}
