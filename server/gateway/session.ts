import { Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import type { Delivery } from "#server/broker/delivery.ts";
import type { Subscriber, Subscription } from "#server/broker/subscription.ts";
import type { Encoded, Frame } from "#server/stomp/frame.ts";
import { Parser } from "#server/stomp/parser.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import { encodeFrame } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";
import { connect } from "./connect.ts";
import type { Endpoint } from "./endpoint.ts";
import { obey } from "./obey.ts";
import type { Admission, Credentials, SessionView } from "./policy.ts";
import { asRefusal, closeCode, errorFrame, refusalNotice } from "./refused.ts";
import { review } from "./review.ts";
import { Sends } from "./sends.ts";
import { Subscriptions } from "./subscriptions.ts";
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
  readonly #parser: Parser;
  readonly #sends = new Sends(this);
  readonly #reviews = new Set<Promise<void>>();
  readonly #cleanUps: (() => void)[] = [];
  #version: Version = "1.0";
  #view: View<Identity> | undefined;
  #state: "new" | "connecting" | "connected" | "over" = "new";
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #draining = false;

  constructor(endpoint: Endpoint<Identity, Session<Identity>>, wire: Wire, credentials: Credentials) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.credentials = credentials;
    this.id = endpoint.newId();
    const { maxFrameBytesBeforeConnect, maxHeaders, maxHeaderBytes, connectTimeout, maxSubscriptions } =
      endpoint.limits;
    this.subscriptions = new Subscriptions(endpoint.broker, this, maxSubscriptions, {
      subscribed: (destination) => endpoint.policy.subscribed(this.view, destination),
      unsubscribed: (destination) => endpoint.policy.unsubscribed(this.view, destination),
    });
    this.#parser = new Parser({ maxFrameBytes: maxFrameBytesBeforeConnect, maxHeaders, maxHeaderBytes });
    const timer = endpoint.wheel.after(connectTimeout, () => this.#tooLate());
    this.onEnd(() => timer.cancel());
  }

  /** Until CONNECT has said more it is 1.0, which escapes nothing. */
  get version(): Version {
    return this.#version;
  }

  get over(): boolean {
    return this.#state === "over";
  }

  /** Of a session that was admitted; always the same object. */
  get view(): View<Identity> {
    if (!this.#view) throw new Error("Nobody has been admitted to this session yet.");
    return this.#view;
  }

  /** Where refusals go instead of ERROR; undefined when the client has not subscribed to them. */
  get refusals(): Subscribed<Identity> | undefined {
    const { refusals } = this.endpoint.policy;
    return refusals === undefined ? undefined : this.subscriptions.to(refusals);
  }

  /** Takes bytes as they arrive. While a frame is in work they wait, and when too many wait, reading pauses. */
  receive(chunk: Uint8Array): void {
    if (this.over || this.#draining) return;
    this.#parser.push(chunk);
    if (!this.#busy) this.#running = this.#run();
    else if (this.#parser.unread > this.#parser.limits.maxFrameBytes) this.wire.pause();
  }

  /** Settled by CONNECT: how every later frame reads and is written. */
  speak(version: Version): void {
    this.#version = version;
    this.#parser.version = version;
    this.#state = "connecting";
  }

  admit(admission: Admission<Identity>): void {
    const { identity, user } = admission;
    this.#view = { id: this.id, identity, user, subscribed: () => this.subscriptions.destinations() };
  }

  /** CONNECTED can go out: what an unknown client may not send is allowed from now on. */
  connected(): void {
    this.#state = "connected";
    this.#parser.limits = { ...this.#parser.limits, maxFrameBytes: this.endpoint.limits.maxFrameBytes };
    this.endpoint.policy.connected(this.view);
    this.onEnd(() => this.endpoint.policy.disconnected(this.view));
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
      // Not offered but written: it is an answer, and a review that holds the queue may not let later answers overtake it.
      const notice = refusalNotice(frame, known, refusals.destination, this.endpoint.newId());
      this.wire.write(notice.encode(this.version, refusals.id));
    }
  }

  /** ERROR, then the end. */
  fail(error: Refusal | ProtocolError, { receipt, close }: { receipt?: string; close?: number } = {}): void {
    if (this.over) return;
    this.wire.write(errorFrame(this.version, error, receipt));
    this.end(close ?? closeCode(error instanceof ProtocolError ? error.fault : error.code));
  }

  /** Takes a subscription away; with a reason it is the server's doing. Not even what still waits of it may follow. */
  unsubscribe(subscription: Subscribed<Identity>, reason?: RefusalCode): boolean {
    this.wire.forget(`${subscription.id}\n`);
    return this.subscriptions.remove(subscription, reason);
  }

  /** The server takes a subscription back. An opening one is told by its SUBSCRIBE being refused; otherwise the policy's notices tell, or ERROR. */
  endSubscription(subscription: Subscribed<Identity>, code: RefusalCode): void {
    const wasLive = this.subscriptions.isLive(subscription);
    if (!this.unsubscribe(subscription, code)) return;
    const { notices } = this.endpoint.policy;
    const isTold = !wasLive || (notices !== undefined && this.subscriptions.to(notices) !== undefined);
    if (!isTold) this.fail(new Refusal(code));
  }

  /** Ends the session at once; what was written still goes out. Nothing that is under way is answered any more. */
  end(code: number): void {
    if (this.over) return;
    this.#state = "over";
    for (const subscription of this.subscriptions.all()) this.subscriptions.remove(subscription);
    for (const cleanUp of this.#cleanUps.splice(0).reverse()) cleanUp();
    this.wire.close(code);
  }

  /** Registers what has to be undone at the end, the last one first. */
  onEnd(cleanUp: () => void): void {
    this.#cleanUps.push(cleanUp);
  }

  /**
   * Access changed: holds what is concerned at once, all subscriptions without `topics`. Returns the question to the policy, to be asked when all sessions
   * are held.
   */
  hold(topics?: ReadonlySet<string>): () => Promise<void> {
    const held = this.subscriptions.all().filter((subscription) => !topics || topics.has(subscription.topic));
    for (const subscription of held) subscription.hold();
    return () => {
      const reviewed = review(this, held).finally(() => this.#reviews.delete(reviewed));
      this.#reviews.add(reviewed);
      return reviewed;
    };
  }

  /** Resolves when the reviews that are under way have their verdict. */
  async reviewed(): Promise<void> {
    await Promise.all(this.#reviews);
  }

  /** Takes no further frame and resolves when those in work are answered. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#running;
    await this.#sends.settled();
  }

  deliver(frame: Encoded, delivery: Delivery, subscription: Subscription<Subscriber>): void {
    const { ephemeral, coalesceKey } = delivery;
    if (!ephemeral) this.wire.write(frame);
    else this.wire.writeEphemeral(frame, coalesceKey === undefined ? undefined : `${subscription.id}\n${coalesceKey}`);
  }

  overflow(): void {
    this.wire.terminate();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      for (let frame = this.#next(); frame; frame = this.#next()) {
        const wait = this.#take(frame);
        if (wait !== undefined) await wait;
      }
    } catch (error) {
      // What came before the broken frame is answered before it.
      await this.#sends.settled();
      this.fail(error instanceof ProtocolError ? error : asRefusal(error, this.endpoint.log, this.id));
    } finally {
      this.#busy = false;
      this.wire.resume();
    }
  }

  #next(): Frame | undefined {
    return this.over || this.#draining ? undefined : this.#parser.next();
  }

  /** Returns what to wait for before the next frame, if anything. */
  #take(frame: Frame): Promise<void> | undefined {
    if (this.#state !== "connected") return connect(this, frame);
    return frame.command === "SEND" ? this.#sends.take(frame) : this.#takeAlone(frame);
  }

  async #takeAlone(frame: Frame): Promise<void> {
    await this.#sends.settled();
    try {
      await obey(this, frame);
    } catch (error) {
      this.refuse(frame, error);
    }
  }

  #tooLate(): void {
    if (this.#state === "connected") return;
    this.fail(new Refusal(this.#state === "new" ? "malformed" : "busy"));
  }
}
