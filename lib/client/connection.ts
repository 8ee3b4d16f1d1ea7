import type { StompHeaders } from "@stomp/stompjs";
import { REFUSALS } from "#lib/chat/destinations.ts";
import type { RefusalNotice } from "#lib/chat/inbox.ts";
import { isRefusal, Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import { backoff } from "./backoff.ts";
import { Cell } from "./cell.ts";
import type { ConnectionState } from "./chat-client.ts";
import type { Environment, LifeSign } from "./environment.ts";
import { Patience } from "./patience.ts";
import { type OnMessage, type SessionEnd, StompSession } from "./stomp-session.ts";

/** A subscription that outlives connections. */
export interface LastingSubscription {
  destination: string;
  /** Asked at every SUBSCRIBE: where to go on from. */
  headers?(): StompHeaders;
  onMessage: OnMessage;
  /** It stands: everything missed has been told. */
  onReceipt?(headers: Readonly<StompHeaders>): void;
  /** The server refused it or took it away. Without this, one that was refused for a while is subscribed again when that is over. */
  onRefused?(refusal: Refusal): void;
  /** The connection is lost; it will be subscribed again. */
  onDown?(): void;
}

interface Held {
  subscription: LastingSubscription;
  /** Whether the server holds it, as far as we know: UNSUBSCRIBE of an unknown id would end the connection. */
  stands: boolean;
  patience: Patience;
  /** SUBSCRIBE counts; answers to an earlier one are not for us. */
  round: number;
}

/**
 * Keeps one connection alive for as long as the page lives: comes back with back-off and jitter, subscribes again to everything, and ends for good only
 * when the session ended.
 */
export class Connection {
  readonly state = new Cell<ConnectionState>({ state: "connecting" });
  private readonly endpoint: string;
  private readonly environment: Environment;
  private readonly held = new Map<string, Held>();
  private session: StompSession | undefined;
  private connected = false;
  private attempt = 0;
  private notBefore = 0;
  private workerTicks = false;
  private started = false;
  private cancelRetry: (() => void) | undefined;
  private unwatch: (() => void) | undefined;

  constructor(endpoint: string, environment: Environment) {
    this.endpoint = endpoint;
    this.environment = environment;
  }

  async start(): Promise<void> {
    if (this.started) return;
    this.started = true;
    this.unwatch = this.environment.watchLife((sign) => this.wake(sign));
    this.workerTicks = await this.environment.workerTicks();
    if (this.started) this.connect();
  }

  /** Closes for good. */
  stop(): void {
    this.started = false;
    this.unwatch?.();
    this.cancelRetry?.();
    this.session?.close();
  }

  isOnline(): boolean {
    return this.state.get().state === "online";
  }

  /** Holds a subscription over all connections to come, until `cancel`. `again` subscribes anew from where it is now. */
  subscribe(subscription: LastingSubscription): { again(): void; cancel(): void } {
    const { destination } = subscription;
    const held: Held = { subscription, stands: false, patience: new Patience(this.environment), round: 0 };
    this.held.set(destination, held);
    if (this.connected) this.transmit(held);
    const withdraw = () => {
      if (held.stands) this.session?.unsubscribe(destination);
      held.stands = false;
      held.round += 1;
    };
    return {
      again: () => {
        if (this.held.get(destination) !== held || !this.connected) return;
        withdraw();
        this.transmit(held);
      },
      cancel: () => {
        if (this.held.get(destination) !== held) return;
        this.held.delete(destination);
        withdraw();
      },
    };
  }

  /** SEND with RECEIPT. Rejects with a Refusal; `busy` with field `connection` when there is no connection or it got lost. */
  send(destination: string, body: object): Promise<StompHeaders> {
    if (!this.session) return Promise.reject(new Refusal("busy", { field: "connection" }));
    return this.session.send(destination, body);
  }

  /** SEND of what may get lost. */
  publish(destination: string, body: object): void {
    if (this.isOnline()) this.session?.publish(destination, body);
  }

  private connect(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    this.session = new StompSession({
      endpoint: this.endpoint,
      environment: this.environment,
      workerTicks: this.workerTicks,
      onConnected: () => this.begin(),
      onEnd: (end) => this.ended(end),
    });
  }

  private begin(): void {
    this.connected = true;
    // First of all, so that whatever is refused behind it does not end the connection.
    this.session
      ?.subscribe(REFUSALS, {}, (body, headers) => this.refused(JSON.parse(body), headers))
      .then(() => {
        this.attempt = 0;
        this.state.set({ state: "online" });
      }, ignoreLoss);
    for (const held of this.held.values()) this.transmit(held);
  }

  private transmit(held: Held): void {
    const { subscription } = held;
    const round = ++held.round;
    held.stands = true;
    this.session?.subscribe(subscription.destination, subscription.headers?.() ?? {}, subscription.onMessage).then(
      (headers) => held.round === round && this.found(held, headers),
      (error) => held.round === round && this.lose(held, error),
    );
  }

  private found({ subscription, patience }: Held, headers: StompHeaders): void {
    patience.hurry();
    subscription.onReceipt?.(headers);
  }

  private lose(held: Held, error: unknown): void {
    held.stands = false;
    if (!isRefusal(error)) throw error;
    if (error.field === "connection") return;
    const { onRefused } = held.subscription;
    if (onRefused) onRefused(error);
    else if (PASSING.has(error.code)) void this.tryAgain(held, error.retryAfter);
  }

  private async tryAgain(held: Held, retryAfter: number | undefined): Promise<void> {
    const { round } = held;
    await held.patience.wait(retryAfter);
    // Cancelled, or lost with the connection, meanwhile.
    if (held.round === round) this.transmit(held);
  }

  private refused(notice: RefusalNotice, headers: Readonly<StompHeaders>): void {
    const refusal = new Refusal(notice.code, notice.retryAfter === undefined ? {} : { retryAfter: notice.retryAfter });
    const { "receipt-id": receipt, subscription } = headers;
    if (receipt !== undefined) {
      this.session?.refuse(receipt, refusal);
      return;
    }
    const held = subscription === undefined ? undefined : this.held.get(subscription);
    if (held) this.lose(held, refusal);
  }

  private ended({ code, retryAfter = 0 }: SessionEnd): void {
    this.session = undefined;
    this.connected = false;
    for (const held of this.held.values()) {
      held.stands = false;
      held.round += 1;
      held.subscription.onDown?.();
    }
    if (code === "unauthenticated" || code === "expired") {
      this.state.set({ state: "offline", ended: code });
      this.stop();
    } else if (this.started) {
      this.retryLater(retryAfter);
    }
  }

  private retryLater(retryAfter: number): void {
    const delay = backoff(this.attempt, this.environment.random, retryAfter);
    const isFirst = this.attempt === 0 && !this.environment.isOffline();
    this.attempt += 1;
    this.notBefore = this.environment.now() + retryAfter * 1_000;
    this.state.set({ state: isFirst ? "connecting" : "offline" });
    this.cancelRetry = this.environment.after(delay, () => this.connect());
  }

  private wake(sign: LifeSign): void {
    if (this.session) {
      this.session.check();
    } else if (this.cancelRetry && sign !== "offline" && this.environment.now() >= this.notBefore) {
      this.connect();
    }
  }
}

const PASSING: ReadonlySet<RefusalCode> = new Set(["rate-limited", "busy"]);

// The end of the session tells of it.
function ignoreLoss(): void {}
