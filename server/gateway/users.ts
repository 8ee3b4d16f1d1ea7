import { Refusal } from "#lib/chat/refusal.ts";
import type { Timer, TimerWheel } from "#server/stomp/timer-wheel.ts";
import type { Clock } from "./clock.ts";
import type { GatewayLimits } from "./gateway.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What one user has at this gateway: connections and the right to send, shared by all of them. */
interface User<Session> {
  sessions: Set<Session>;
  sends: TokenBucket;
  /** Runs while there are no sessions. */
  forgetting?: Timer;
}

/** Connected users, their sessions and what they may still send. */
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
    // Forgotten only when its bucket is full again, or else reconnecting would fill it.
    const full = (this.#limits.sendBurst / this.#limits.sendRate) * 1000;
    user.forgetting = this.#wheel.after(full, () => this.#users.delete(name));
  }

  /** Throws `rate-limited` when the user sends faster than allowed. */
  countSend(name: string): void {
    const retryAfter = this.#users.get(name)?.sends.take(this.#clock.monotonic());
    if (retryAfter !== undefined) throw new Refusal("rate-limited", { retryAfter });
  }

  sessions(name: string): Iterable<Session> {
    return this.#users.get(name)?.sessions ?? [];
  }

  *all(): Iterable<Session> {
    for (const user of this.#users.values()) yield* user.sessions;
  }

  #add(name: string): User<Session> {
    const { sendRate, sendBurst } = this.#limits;
    const sends = new TokenBucket(sendRate, sendBurst, this.#clock.monotonic());
    const user: User<Session> = { sessions: new Set(), sends };
    this.#users.set(name, user);
    return user;
  }
}

/** Seconds. Somebody has to close one first; there is no better guess. */
const TOO_MANY_CONNECTIONS = 30;
