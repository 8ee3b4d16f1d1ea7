import { Refusal } from "#lib/chat/refusal.ts";
import type { Frame } from "#server/stomp/frame.ts";
import type { SendRequest } from "./policy.ts";
import { requestOf } from "./send-request.ts";
import type { Session } from "./session.ts";

/** Headers of a RECEIPT. */
type Receipt = Record<string, string>;

/** SENDs of one session that may wait for their commit at the same time. */
const MOST = 32;

/**
 * The SENDs of one session. They are handed to the policy in their order and answered in their order, but one need not be durable before the next is handed
 * over: with group commit a burst is then one wait for the disk. Only a session that hears refusals without being closed by them gets this, because a
 * frame behind a fatal one must not have any effect.
 */
export class Sends<Identity> {
  readonly #session: Session<Identity>;
  readonly #underWay: Promise<void>[] = [];

  constructor(session: Session<Identity>) {
    this.#session = session;
  }

  /** Hands a SEND over. Returns what to wait for before the next frame, if anything. */
  take(frame: Frame): Promise<void> | undefined {
    const sent = this.#send(frame);
    if (!(sent instanceof Promise) && this.#underWay.length === 0) {
      this.#session.receipt(frame, sent);
      return undefined;
    }
    const answered = this.#answer(frame, sent, this.#underWay.at(-1));
    this.#underWay.push(answered);
    if (!this.#session.refusals) return answered;
    return this.#underWay.length >= MOST ? this.#underWay[0] : undefined;
  }

  /** Resolves when every SEND so far was answered. */
  settled(): Promise<void> | undefined {
    return this.#underWay.at(-1);
  }

  /** What a policy does at once needs no promise: a broker's SEND is nothing but its fan-out. */
  #send(frame: Frame): Receipt | Promise<Receipt> {
    const { endpoint, view } = this.#session;
    try {
      const request = requestOf(frame);
      const retryAfter = endpoint.users.take(view.user, "sends");
      return retryAfter === undefined ? endpoint.policy.send(view, request) : this.#repeat(request, retryAfter);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** A retry of what is stored is answered although it comes too soon (protocol.md, the order of checks): it costs a look, and looks are counted, too. */
  async #repeat(request: SendRequest, retryAfter: number): Promise<Receipt> {
    const { endpoint, view } = this.#session;
    const mayLook = endpoint.users.take(view.user, "repeats") === undefined;
    const stored = mayLook ? await endpoint.policy.repeated?.(view, request) : undefined;
    if (!stored) throw new Refusal("rate-limited", { retryAfter });
    return stored;
  }

  async #answer(frame: Frame, sent: Receipt | Promise<Receipt>, before: Promise<void> | undefined): Promise<void> {
    const [outcome] = await Promise.allSettled([sent, before]);
    void this.#underWay.shift();
    if (outcome.status === "fulfilled") this.#session.receipt(frame, outcome.value);
    else this.#session.refuse(frame, outcome.reason);
  }
}
