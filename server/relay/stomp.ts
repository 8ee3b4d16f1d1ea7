import { setTimeout as pause } from "node:timers/promises";
import type { Frame } from "#server/stomp/frame.ts";
import { negotiateHeartBeat } from "#server/stomp/heart-beat.ts";
import type { Version } from "#server/stomp/version.ts";
import { type Address, addressOf, credentialsOf, pathOf, type Tls, tlsOf } from "./broker-url.ts";
import type { Engine, EngineEvents, EngineTimes, Link } from "./engine.ts";
import type { Parcel } from "./parcel.ts";
import { StompSocket } from "./stomp-socket.ts";

const PORT = 61613;
const PORT_TLS = 61614;
/** Milliseconds: what leaves together costs the broker a third less. */
const PACE = 4;
/** Of parcels, as far as the broker knows such a bound: a node that reads too slowly loses the oldest. */
const MOST_PENDING = "10000";

/**
 * ActiveMQ, Artemis and whatever else speaks STOMP: one connection a node, one topic a shard. `stomp://login:passcode@host:port/prefix?host=virtual-host`;
 * the prefix, `sarangbang` by itself, keeps two installations on one broker apart.
 */
export function stompEngine(url: URL, times: EngineTimes): Engine {
  const tls = tlsOf(url);
  const address = addressOf(url, tls ? PORT_TLS : PORT);
  return { connect: (events, signal) => new StompLink(url, address, tls, times, events).ready(signal) };
}

class StompLink implements Link {
  readonly mixes = false;
  readonly pace = PACE;
  readonly #url: URL;
  readonly #times: EngineTimes;
  readonly #prefix: string;
  readonly #events: EngineEvents;
  readonly #socket: StompSocket;
  readonly #connected = Promise.withResolvers<Link>();
  readonly #receipts = new Map<string, { resolve(): void; reject(error: Error): void }>();
  #receiptCount = 0;
  #isReady = false;
  /** What it calls itself: `ActiveMQ/5.17.2`, `ActiveMQ-Artemis/2.40.0`. */
  #server = "";
  /** Headers of SUBSCRIBE that this broker knows and others refuse. */
  #wishes: Readonly<Record<string, string>> = {};

  constructor(url: URL, address: Address, tls: Tls | undefined, times: EngineTimes, events: EngineEvents) {
    this.#url = url;
    this.#times = times;
    this.#prefix = pathOf(url) || "sarangbang";
    this.#events = events;
    this.#socket = new StompSocket(address, tls, {
      ready: () => this.#connect(),
      frame: (frame) => this.#receive(frame),
      gone: (error) => this.#gone(error),
    });
  }

  async ready(signal: AbortSignal): Promise<Link> {
    const waited = new AbortController();
    const late = pause(this.#times.connect, undefined, { signal: AbortSignal.any([signal, waited.signal]) }).then(() =>
      Promise.reject(new Error(`no answer within ${this.#times.connect} ms`)),
    );
    try {
      return await Promise.race([this.#connected.promise, late]);
    } catch (error) {
      this.#socket.destroy();
      throw error;
    } finally {
      waited.abort();
    }
  }

  get waiting(): number {
    return this.#socket.waiting;
  }

  send(parcels: readonly Parcel[]): void {
    this.#socket.together(() => {
      for (const { shards, bytes } of parcels)
        this.#socket.send("SEND", { destination: this.#topic(shards[0] ?? 0), "destination-type": "MULTICAST" }, bytes);
    });
  }

  bind(shard: number): Promise<void> {
    const kind = { "subscription-type": "MULTICAST", "activemq.maximumPendingMessageLimit": MOST_PENDING };
    const headers = { id: `${shard}`, destination: this.#topic(shard), ack: "auto", ...kind, ...this.#wishes };
    if (!this.#server.startsWith("ActiveMQ/")) return this.#received("SUBSCRIBE", headers);
    // ActiveMQ gives a subscription nothing until some time after the RECEIPT of its SUBSCRIBE, so the receipt is that of a frame behind it.
    this.#socket.send("SUBSCRIBE", headers);
    const transaction = `bound-${shard}`;
    this.#socket.send("BEGIN", { transaction });
    return this.#received("ABORT", { transaction });
  }

  unbind(shard: number): void {
    this.#socket.send("UNSUBSCRIBE", { id: `${shard}` });
  }

  async close(): Promise<void> {
    await this.#received("DISCONNECT", {});
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#fail(new Error("the connection was closed"));
  }

  #topic(shard: number): string {
    return `/topic/${this.#prefix}.hints.${shard}`;
  }

  #connect(): void {
    const credentials = credentialsOf(this.#url);
    const { heartBeat } = this.#times;
    const host = this.#url.searchParams.get("host") ?? this.#url.hostname;
    const who: Record<string, string> = credentials ? { login: credentials.login, passcode: credentials.password } : {};
    this.#socket.send("CONNECT", {
      "accept-version": "1.1,1.2",
      host,
      ...who,
      "heart-beat": `${heartBeat},${heartBeat}`,
    });
  }

  #receive(frame: Frame): void {
    const { command, headers } = frame;
    if (command === "MESSAGE") this.#events.arrived(frame.body);
    else if (command === "RECEIPT") this.#settle(headers.get("receipt-id") ?? "");
    else if (command === "CONNECTED") this.#begin(headers);
    else if (command === "ERROR") this.#refused(frame);
  }

  #begin(headers: ReadonlyMap<string, string>): void {
    const version = (headers.get("version") ?? "1.0") as Version;
    const { heartBeat } = this.#times;
    this.#socket.begin(
      version,
      negotiateHeartBeat(headers.get("heart-beat"), version, { send: heartBeat, receive: heartBeat }),
    );
    this.#server = headers.get("server") ?? "";
    if (this.#server.startsWith("ActiveMQ")) this.#wishes = { "no-local": "true", "activemq.noLocal": "true" };
    this.#isReady = true;
    this.#connected.resolve(this);
  }

  #refused({ headers, body }: Frame): void {
    // Only the first line of the body: ActiveMQ sends its stack along.
    const said = headers.get("message") ?? Buffer.from(body).toString("utf8").split("\n", 1)[0];
    this.#socket.destroy();
    this.#gone(new Error(said || "the broker refused without saying why"));
  }

  #gone(error: Error): void {
    this.#fail(error);
    if (this.#isReady) this.#events.lost(error);
  }

  #fail(error: Error): void {
    this.#connected.reject(error);
    for (const { reject } of this.#receipts.values()) reject(error);
    this.#receipts.clear();
  }

  #received(command: string, headers: Readonly<Record<string, string>>): Promise<void> {
    this.#receiptCount += 1;
    const receipt = `${this.#receiptCount}`;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#receipts.set(receipt, { resolve, reject });
    this.#socket.send(command, { ...headers, receipt });
    return promise;
  }

  #settle(receipt: string): void {
    this.#receipts.get(receipt)?.resolve();
    this.#receipts.delete(receipt);
  }
}
