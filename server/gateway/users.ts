import { Refusal } from "#lib/chat/refusal.ts";
import type { Timer, TimerWheel } from "#server/stomp/timer-wheel.ts";
import type { Clock } from "./clock.ts";
import type { GatewayLimits } from "./gateway-limits.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What is counted: frames that cost the database something. */
export type Counted = "sends" | "repeats" | "subscribes";

/** What one user has at this gateway: connections, and budgets that all of them share. */
interface User<Session> {
  sessions: Set<Session>;
  budgets: Record<Counted, TokenBucket>;
  /** Runs while there are no sessions. */
  forgetting?: Timer;
}

/** Looks for a SEND that came too soon among what is stored cost less than a commit, and a reconnect may bring a whole outbox of them. */
const REPEATS_FOR_A_SEND = 10;

/** Connected users, their sessions and what they may still ask for. */
export class Users<Session> {
  readonly #users = new Map<string, User<Session>>();
  readonly #limits: GatewayLimits;
  readonly #wheel: TimerWheel;
  readonly #clock: Clock;

  constructor(limits: GatewayLimits, wheel: TimerWheel, clock: Clock) {
    this.#limits = limits;
    this.#wheel = wheel;
    this.#clock = clock;
  }

  /** Throws `rate-limited` when the user has too many connections. */
  enter(name: string, session: Session): void {
    const user = this.#users.get(name) ?? this.#add(name);
    if (user.sessions.size >= this.#limits.maxConnectionsPerUser)
      throw new Refusal("rate-limited", { retryAfter: TOO_MANY_CONNECTIONS });
    // One that went on would forget whoever is here by then, and a review would pass them by.
    user.forgetting?.cancel();
    user.sessions.add(session);
  }

  leave(name: string, session: Session): void {
    const user = this.#users.get(name);
    if (!user?.sessions.delete(session) || user.sessions.size > 0) return;
    // Forgotten only when its budgets are full again, or else reconnecting would fill them.
    const { sendBurst, sendRate, subscribeBurst, subscribeRate } = this.#limits;
    const full = Math.max(sendBurst / sendRate, subscribeBurst / subscribeRate) * 1000;
    user.forgetting = this.#wheel.after(full, () => this.#users.delete(name));
  }

  /** Counts one; undefined when the user had it left, else the whole seconds to wait. */
  take(name: string, what: Counted): number | undefined {
    return this.#users.get(name)?.budgets[what].take(this.#clock.monotonic());
  }

  /** How many have a connection. */
  get present(): number {
    let present = 0;
    for (const { sessions } of this.#users.values()) if (sessions.size > 0) present += 1;
    return present;
  }

  sessions(name: string): Iterable<Session> {
    return this.#users.get(name)?.sessions ?? [];
  }

  *all(): Iterable<Session> {
    for (const user of this.#users.values()) yield* user.sessions;
  }

  #add(name: string): User<Session> {
    const { sendRate, sendBurst, subscribeRate, subscribeBurst } = this.#limits;
    const bucket = (rate: number, burst: number) => new TokenBucket(rate, burst, this.#clock.monotonic());
    const budgets = {
      sends: bucket(sendRate, sendBurst),
      repeats: bucket(sendRate * REPEATS_FOR_A_SEND, sendBurst * REPEATS_FOR_A_SEND),
      subscribes: bucket(subscribeRate, subscribeBurst),
    };
    const user: User<Session> = { sessions: new Set(), budgets };
    this.#users.set(name, user);
    return user;
  }
}

/** Seconds. Somebody has to close one first; there is no better guess. */
const TOO_MANY_CONNECTIONS = 30;
