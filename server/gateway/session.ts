import { Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Delivery } from "#server/broker/delivery.ts";
import type { Subscriber, Subscription } from "#server/broker/subscription.ts";
import type { Encoded, Frame } from "#server/stomp/frame.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import { encodeFrame } from "#server/stomp/serializer.ts";
import type { Timer } from "#server/stomp/timer-wheel.ts";
import type { Version } from "#server/stomp/version.ts";
import { connect } from "./connect.ts";
import type { Endpoint } from "./endpoint.ts";
import { Intake } from "./intake.ts";
import type { LifeSigns } from "./life-signs.ts";
import { obey } from "./obey.ts";
import type { Admission, Credentials, SessionView } from "./policy.ts";
import { asRefusal, closeCode, errorFrame, refusalNotice } from "./refused.ts";
import { Reviews } from "./reviews.ts";
import { Sends } from "./sends.ts";
import { Subscriptions } from "./subscriptions.ts";
import { Transactions } from "./transactions.ts";
import type { Wire } from "./wire.ts";

type View<Identity> = SessionView<Identity> & { user: string };
type Subscribed<Identity> = Subscription<Session<Identity>>;

/** One client's connection: takes its frames one after the other and answers them in that order. Knows no WebSocket, only its wire. */
export class Session<Identity> implements Subscriber {
  readonly endpoint: Endpoint<Identity, Session<Identity>>;
  readonly wire: Wire;
  readonly credentials: Credentials;
  readonly id: string;
  readonly subscriptions: Subscriptions<Session<Identity>>;
  readonly #intake: Intake;
  /** Set by CONNECT. */
  life: LifeSigns | undefined;
  expiry: Timer | undefined;
  /** CONNECT has to come before it runs out. */
  readonly #patience: Timer;
  #sends: Sends<Identity> | undefined;
  #reviews: Reviews<Identity> | undefined;
  #transactions: Transactions | undefined;
  #version: Version = "1.0";
  #admission: Admission<Identity> | undefined;
  #state: "new" | "connecting" | "connected" | "over" = "new";

  constructor(endpoint: Endpoint<Identity, Session<Identity>>, wire: Wire, credentials: Credentials) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.credentials = credentials;
    this.id = endpoint.newId();
    this.subscriptions = new Subscriptions(endpoint.broker, this, endpoint.limits.maxSubscriptions);
    this.#intake = new Intake(this, endpoint.counts, endpoint.parserLimits.beforeConnect);
    this.#patience = endpoint.wheel.after(endpoint.limits.connectTimeout, tooLate, this);
  }

  /** Until CONNECT has said more it is 1.0, which escapes nothing. */
  get version(): Version {
    return this.#version;
  }

  get over(): boolean {
    return this.#state === "over";
  }

  /** The session as the policy may see it, once somebody was admitted. */
  get view(): View<Identity> {
    return this;
  }

  get identity(): Identity {
    return this.#admitted.identity;
  }

  get user(): string {
    return this.#admitted.user;
  }

  subscribed(): readonly string[] {
    return this.subscriptions.destinations();
  }

  /** Where refusals go instead of ERROR; undefined when the client has not subscribed to them. */
  get refusals(): Subscribed<Identity> | undefined {
    const { refusals } = this.endpoint.policy;
    return refusals === undefined ? undefined : this.subscriptions.to(refusals);
  }

  get transactions(): Transactions {
    const { transactional } = this.endpoint.policy;
    if (!transactional) throw new Refusal("unsupported", { field: "transaction" });
    this.#transactions ??= new Transactions(transactional.limits);
    return this.#transactions;
  }

  get reviews(): Reviews<Identity> {
    this.#reviews ??= new Reviews(this);
    return this.#reviews;
  }

  /** Takes bytes as they arrive. */
  receive(chunk: Uint8Array): void {
    this.#intake.receive(chunk);
  }

  /** Settled by CONNECT: how every later frame reads and is written. */
  speak(version: Version): void {
    this.#version = version;
    this.#intake.speak(version);
    this.#state = "connecting";
  }

  admit(admission: Admission<Identity>): void {
    this.#admission = admission;
  }

  /** CONNECTED can go out: what an unknown client may not send is allowed from now on. */
  connected(): void {
    this.#state = "connected";
    this.#patience.cancel();
    this.#intake.allow(this.endpoint.parserLimits.afterConnect);
    this.endpoint.policy.connected(this);
  }

  receipt(frame: Frame, headers: Record<string, string> = {}): void {
    const receipt = frame.headers.get("receipt");
    if (receipt === undefined || this.over) return;
    this.wire.write(encodeFrame(this.version, "RECEIPT", { "receipt-id": receipt, ...headers }));
  }

  /** A frame failed. ERROR would end the connection, so a refused SEND or SUBSCRIBE travels as a MESSAGE to those who listen for it. */
  refuse(frame: Frame, error: unknown): void {
    if (this.over) return;
    const known = error instanceof ProtocolError ? error : asRefusal(error, this.endpoint.log, this.id);
    const refusals = this.refusals;
    const maySurvive = frame.command === "SEND" || frame.command === "SUBSCRIBE";
    if (!refusals || !maySurvive || known instanceof ProtocolError)
      this.fail(known, { receipt: frame.headers.get("receipt") });
    else {
      this.endpoint.counts.refused(known.code);
      // Not offered but written: it is an answer, and a review that holds the queue may not let later answers overtake it.
      const notice = refusalNotice(frame, known, refusals.destination, this.endpoint.newId());
      this.wire.write(notice.encode(this.version, refusals.id));
    }
  }

  /** ERROR, then the end. */
  fail(error: Refusal | ProtocolError, { receipt, close }: { receipt?: string; close?: number } = {}): void {
    if (this.over) return;
    const code = error instanceof ProtocolError ? error.fault : error.code;
    this.endpoint.counts.refused(code);
    this.wire.write(errorFrame(this.version, error, this.endpoint.words, receipt));
    this.end(close ?? closeCode(code));
  }

  /** Takes a subscription away; with a reason it is the server's doing. Not even what still waits of it may follow. */
  unsubscribe(subscription: Subscribed<Identity>, reason?: RefusalCode): boolean {
    this.wire.forget(`${subscription.id}\n`);
    return this.subscriptions.remove(subscription, reason);
  }

  /** The server takes a subscription back. An opening one is told by its SUBSCRIBE being refused; otherwise the policy's notices tell, or ERROR. */
  endSubscription(subscription: Subscribed<Identity>, code: RefusalCode): void {
    const wasLive = subscription.live;
    if (!this.unsubscribe(subscription, code)) return;
    const { notices } = this.endpoint.policy;
    const isTold = !wasLive || (notices !== undefined && this.subscriptions.to(notices) !== undefined);
    if (!isTold) this.fail(new Refusal(code));
  }

  /** Ends the session at once; what was written still goes out. Nothing that is under way is answered any more. */
  end(code: number): void {
    if (this.over) return;
    const wasConnected = this.#state === "connected";
    this.#state = "over";
    const subscriptions = this.subscriptions.all();
    // All of them before the first gives back what it has not acknowledged: that is not for another one of this very session.
    for (const subscription of subscriptions) subscription.end();
    for (const subscription of subscriptions) this.subscriptions.remove(subscription);
    for (const timed of [this.#patience, this.expiry]) timed?.cancel();
    this.life?.stop();
    if (wasConnected) this.endpoint.policy.disconnected(this);
    if (this.#admission) this.endpoint.users.leave(this.user, this);
    this.wire.close(code);
  }

  fellSilent(): void {
    this.endpoint.log.debug({ session: this.id }, "Nothing was heard of a client for too long.");
    this.wire.terminate();
  }

  /** Takes no further frame and resolves when those in work are answered. */
  async drain(): Promise<void> {
    await this.#intake.drain();
    await this.#sends?.settled();
  }

  deliver(frame: Encoded, delivery: Delivery, subscription: Subscription<Subscriber>): void {
    const { ephemeral, coalesceKey } = delivery;
    this.endpoint.counts.deliveries += 1;
    if (!ephemeral) this.wire.write(frame);
    else this.wire.writeEphemeral(frame, coalesceKey === undefined ? undefined : `${subscription.id}\n${coalesceKey}`);
  }

  wentLive(destination: string): void {
    this.endpoint.policy.subscribed(this, destination);
  }

  wentOff(destination: string): void {
    this.endpoint.policy.unsubscribed(this, destination);
  }

  overflow(): void {
    this.endpoint.counts.slow.held += 1;
    this.fail(new Refusal("busy", { retryAfter: 1 }));
  }

  /** Returns what to wait for before the next frame, if anything. */
  take(frame: Frame): Promise<void> | undefined {
    if (this.#state !== "connected") return connect(this, frame).catch((error) => this.refuse(frame, error));
    if (frame.command !== "SEND" || frame.headers.has("transaction")) return this.#takeAlone(frame);
    this.#sends ??= new Sends(this);
    return this.#sends.take(frame);
  }

  async broke(error: unknown): Promise<void> {
    // What came before the broken frame is answered before it.
    await this.#sends?.settled();
    this.fail(error instanceof ProtocolError ? error : asRefusal(error, this.endpoint.log, this.id));
  }

  /** No CONNECT in time, or no answer to it. */
  tooLate(): void {
    this.fail(new Refusal(this.#state === "new" ? "malformed" : "busy"));
  }

  get #admitted(): Admission<Identity> {
    if (!this.#admission) throw new Error("Nobody has been admitted to this session yet.");
    return this.#admission;
  }

  async #takeAlone(frame: Frame): Promise<void> {
    await this.#sends?.settled();
    try {
      await obey(this, frame);
    } catch (error) {
      this.refuse(frame, error);
    }
  }
}

const tooLate = (session: { tooLate(): void }) => session.tooLate();
