import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { Refusal, type RefusalCode } from "#lib/chat/refusal.ts";
import { Broker } from "#server/broker/broker.ts";
import type { Delivery } from "#server/broker/delivery.ts";
import type { Demand } from "#server/broker/queue.ts";
import { TimerWheel } from "#server/stomp/timer-wheel.ts";
import { Addresses } from "./addresses.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Counts, type TransportKind } from "./counts.ts";
import type { Endpoint } from "./endpoint.ts";
import { brokerOptions, type GatewayLimits, parserLimits } from "./gateway-limits.ts";
import { chooseSubprotocol, readCredentials, refuseUpgrade } from "./handshake.ts";
import type { Credentials, Policy, Publication } from "./policy.ts";
import { openEncoder } from "./publication.ts";
import { chatWords, type Log, type Words } from "./refused.ts";
import { Session } from "./session.ts";
import { TcpTransport } from "./tcp-transport.ts";
import type { Transport } from "./transport.ts";
import { Turn } from "./turn.ts";
import { Users } from "./users.ts";
import { WebSocketTransport } from "./web-socket-transport.ts";
import { Wire } from "./wire.ts";

/** The STOMP endpoint as main.ts holds it. */
export interface Gateway {
  /** Takes over an HTTP upgrade that was routed to the endpoint. `address` is the peer's, already freed of untrusted forwarding headers. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
  /** Takes over a TCP connection that speaks STOMP itself. */
  accept(socket: Socket, address: string): void;
  /** Hands a publication to every subscription of a topic, encoded once; handing the same object to many topics in a row encodes it once, too. */
  publish(topic: string, publication: Publication): void;
  /** Whether these queues could take so much more, all of it together. */
  hasRoom(demands: ReadonlyMap<string, Demand>): boolean;
  /**
   * Access changed for these users, or for everyone subscribed to these topics: their subscriptions are held at once (synchronously), the policy
   * reviews them, and they are released or ended. Nothing published after this call reaches whoever lost access. Without `topics` and `users`: everybody.
   */
  review(concerned: { users?: ReadonlySet<string>; topics?: ReadonlySet<string> }): Promise<void>;
  /** No new connections, ERROR `shutting-down` with a spread `retry-after`, WebSocket 1012; resolves when all sockets are closed or after `timeout` ms. */
  shutdown(timeout: number): Promise<void>;
  /** Ends every session, which comes back by itself. */
  sendAway(): void;
  stats(): { connections: number; people: number; subscriptions: number };
  /** What it has done so far, to be read. */
  readonly counts: Counts;
}

export interface GatewayOptions<Identity> {
  policy: Policy<Identity>;
  limits: GatewayLimits;
  /**
   * Our own origins, `https://host:port` without a path: what a browser may send its cookie from. Asked for each cookie: machines change networks. Without it
   * neither cookies nor Authorization are looked at: login and passcode of CONNECT count.
   */
  origins?: () => readonly string[];
  log: Log;
  /** What ERROR says of a refusal, where the chat's sentences would be untrue. */
  words?: Words;
  /** The `server` header of CONNECTED, such as `Sarangbang/1.0.0`. */
  name?: string;
  clock?: Clock;
  wheel?: TimerWheel;
  newId?: () => string;
  /** Between 0 and 1. */
  random?: () => number;
}

/** Seconds within which the clients of a server that goes away are asked to come back. */
const RECONNECT_WINDOW = 10;

/** Opens the STOMP endpoint under a policy. It listens to nothing itself: hand it upgrades. */
export function openGateway<Identity>(options: GatewayOptions<Identity>): Gateway {
  return new StompGateway(options);
}

class StompGateway<Identity> implements Gateway {
  readonly counts = new Counts();
  readonly #endpoint: Endpoint<Identity, Session<Identity>>;
  readonly #origins: (() => readonly string[]) | undefined;
  readonly #random: () => number;
  readonly #addresses: Addresses;
  readonly #sessions = new Set<Session<Identity>>();
  readonly #encode: (publication: Publication) => Delivery;
  readonly #server: WebSocketServer;
  #shuttingDown = false;

  constructor({ policy, limits, origins, log, words = chatWords, ...injected }: GatewayOptions<Identity>) {
    const { name = "Sarangbang", clock = systemClock, wheel = new TimerWheel() } = injected;
    const { newId = randomUUID, random = Math.random } = injected;
    const broker = new Broker<Session<Identity>>(brokerOptions(policy, limits));
    const users = new Users<Session<Identity>>(limits, wheel, clock);
    this.#endpoint = {
      ...{ policy, limits, broker, users, wheel, clock, log, words, name, newId },
      turn: new Turn(),
      counts: this.counts,
      parserLimits: parserLimits(limits),
      reviews: 0,
    };
    this.#origins = origins;
    this.#random = random;
    this.#addresses = new Addresses(limits.maxConnectionsPerAddress);
    this.#encode = openEncoder(newId);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      // Pings are answered by the wire, which looks at what waits first.
      autoPong: false,
      // Frames are bytes that may be cut anywhere, inside a character too; the parser looks at UTF-8 where it matters.
      skipUTF8Validation: true,
      // One message may hold several frames; the parser has its own, tighter limit for each.
      maxPayload: limits.maxFrameBytes * 2,
      handleProtocols: chooseSubprotocol,
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void {
    // Gone already: its close, which would count it out again, will not come.
    if (socket.destroyed) return;
    const credentials = readCredentials(request, this.#origins);
    if (this.#shuttingDown) this.#refuse(socket, "503 Service Unavailable", "shutting-down", this.#retryAfter());
    else if (!credentials) this.#refuse(socket, "403 Forbidden", "unauthenticated");
    else if (!this.#addresses.enter(address))
      this.#refuse(socket, "429 Too Many Requests", "rate-limited", RECONNECT_WINDOW);
    else {
      socket.once("close", () => this.#addresses.leave(address));
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, socket as Socket, credentials));
    }
  }

  accept(socket: Socket, address: string): void {
    socket.on("error", (err) => this.#endpoint.log.debug({ err }, "A TCP connection broke."));
    const session = this.#begin(new TcpTransport(socket), {});
    socket.on("data", (data: Buffer) => session.receive(data));
    socket.on("close", () => this.#end(session, "tcp"));
    if (this.#shuttingDown) session.fail(new Refusal("shutting-down", { retryAfter: this.#retryAfter() }));
    else if (this.#addresses.enter(address)) socket.once("close", () => this.#addresses.leave(address));
    else session.fail(new Refusal("rate-limited", { retryAfter: RECONNECT_WINDOW }));
  }

  hasRoom(demands: ReadonlyMap<string, Demand>): boolean {
    return this.#endpoint.broker.hasRoom(demands);
  }

  publish(topic: string, publication: Publication): void {
    this.counts.publications += 1;
    this.#endpoint.broker.publish(topic, this.#encode(publication));
  }

  async review(concerned: { users?: ReadonlySet<string>; topics?: ReadonlySet<string> }): Promise<void> {
    this.#endpoint.reviews += 1;
    // All are held before the first one is asked: the policy must not publish between the two.
    const questions = [...this.#concerned(concerned)].map(([session, topics]) => session.reviews.hold(topics));
    await Promise.all(questions.map((ask) => ask()));
  }

  async shutdown(timeout: number): Promise<void> {
    this.#shuttingDown = true;
    const late = setTimeout(() => {
      for (const session of this.#sessions) session.wire.terminate();
    }, timeout);
    const leaving = [...this.#sessions].map(async (session) => {
      await Promise.race([session.drain(), session.wire.gone]);
      session.fail(new Refusal("shutting-down", { retryAfter: this.#retryAfter() }));
      await session.wire.gone;
    });
    await Promise.all(leaving);
    clearTimeout(late);
  }

  sendAway(): void {
    for (const session of this.#sessions)
      session.fail(new Refusal("shutting-down", { retryAfter: this.#retryAfter() }));
  }

  stats(): { connections: number; people: number; subscriptions: number } {
    const { users, broker } = this.#endpoint;
    return { connections: this.#sessions.size, people: users.present, subscriptions: broker.size };
  }

  #open(ws: WebSocket, socket: Socket, credentials: Credentials): void {
    const session = this.#begin(new WebSocketTransport(ws, socket), credentials);
    ws.on("message", (data) => session.receive(data as Buffer));
    ws.on("error", (err) => this.#endpoint.log.debug({ err, session: session.id }, "A client broke the WebSocket."));
    ws.on("close", () => this.#end(session, "websocket"));
  }

  #refuse(socket: Duplex, status: string, code: RefusalCode, retryAfter?: number): void {
    this.counts.refused(code);
    refuseUpgrade(socket, status, code, retryAfter);
  }

  #begin(transport: Transport, credentials: Credentials): Session<Identity> {
    const session = new Session(this.#endpoint, new Wire(transport, this.#endpoint), credentials);
    this.#sessions.add(session);
    this.counts.open[transport.kind] += 1;
    return session;
  }

  #end(session: Session<Identity>, kind: TransportKind): void {
    if (this.#sessions.delete(session)) this.counts.open[kind] -= 1;
    session.end(1006);
  }

  /** With the topics to hold; none of them means all of the session's. */
  #concerned({
    users,
    topics,
  }: {
    users?: ReadonlySet<string>;
    topics?: ReadonlySet<string>;
  }): Map<Session<Identity>, ReadonlySet<string> | undefined> {
    const concerned = new Map<Session<Identity>, ReadonlySet<string> | undefined>();
    for (const topic of topics ?? [])
      for (const { subscriber } of this.#endpoint.broker.subscriptions(topic)) concerned.set(subscriber, topics);
    for (const user of users ?? [])
      for (const session of this.#endpoint.users.sessions(user)) concerned.set(session, undefined);
    if (!users && !topics) for (const session of this.#endpoint.users.all()) concerned.set(session, undefined);
    return concerned;
  }

  /** Spread, so that the clients do not all come back in the same second. */
  #retryAfter(): number {
    return 1 + Math.floor(this.#random() * RECONNECT_WINDOW);
  }
}
