import { type Channel, Connection, type ConnectionOptions } from "rabbitmq-client";
import { addressOf, credentialsOf, pathOf, tlsOf } from "./broker-url.ts";
import type { Engine, EngineEvents, EngineTimes, Link } from "./engine.ts";
import type { Parcel } from "./parcel.ts";

/** Milliseconds. RabbitMQ takes 100 to 300 µs of a core for a message to two nodes, whatever is in it. */
const PACE = 4;
const PORT = 5672;
const PORT_TLS = 5671;
/** So many bytes wait in the broker for a node that reads slowly, and so long (ms); the oldest go first. */
const QUEUE = { "x-max-length-bytes": 64 * 1024 * 1024, "x-message-ttl": 30_000 };

/**
 * RabbitMQ: one topic exchange, one exclusive queue a node, bound to the shards that are heeded.
 * `amqp://login:password@host:port/virtual-host?exchange=name`; the exchange is `sarangbang` by itself.
 */
export function amqpEngine(url: URL, times: EngineTimes): Engine {
  const exchange = url.searchParams.get("exchange") ?? "sarangbang";
  const tls = tlsOf(url);
  const { host, port } = addressOf(url, tls ? PORT_TLS : PORT);
  const credentials = credentialsOf(url) ?? { login: "guest", password: "guest" };
  const settings: ConnectionOptions = {
    hostname: host,
    port,
    username: credentials.login,
    password: credentials.password,
    vhost: pathOf(url) || "/",
    tls,
    // Whole seconds, and at least one: 0 would mean none.
    heartbeat: Math.max(1, Math.round(times.heartBeat / 1_000)),
    connectionTimeout: times.connect,
    acquireTimeout: times.connect,
    // RabbitMQ's own: with the client's usual 8 KiB, a long hint is cut into many frames.
    frameMax: 128 * 1024,
    connectionName: "sarangbang",
  };
  return { connect: (events, signal) => new AmqpLink(settings, exchange, events).ready(signal) };
}

class AmqpLink implements Link {
  readonly mixes = true;
  readonly pace = PACE;
  waiting = 0;
  readonly #exchange: string;
  readonly #events: EngineEvents;
  readonly #connection: Connection;
  readonly #failed = Promise.withResolvers<never>();
  #channel: Channel | undefined;
  #queue = "";
  #isReady = false;
  #isGone = false;

  constructor(settings: ConnectionOptions, exchange: string, events: EngineEvents) {
    this.#exchange = exchange;
    this.#events = events;
    this.#failed.promise.catch(() => {});
    this.#connection = new Connection(settings);
    this.#connection.on("error", (error: Error) => this.#gone(error));
    this.#connection.on("connection.blocked", (reason) => this.#stalled(`RabbitMQ takes no messages: ${reason}`));
    this.#connection.on("connection.unblocked", () => this.#stalled(undefined));
  }

  async ready(signal: AbortSignal): Promise<Link> {
    const abort = () => this.#gone(new Error("the relay was closed"));
    signal.addEventListener("abort", abort, { once: true });
    try {
      await Promise.race([this.#open(), this.#failed.promise]);
      this.#isReady = true;
      return this;
    } catch (error) {
      this.destroy();
      throw error;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  send(parcels: readonly Parcel[]): void {
    for (const { shards, bytes } of parcels) {
      const [first = "", ...others] = shards.map(routingKey);
      // RabbitMQ routes by CC as by further routing keys, and gives a queue that matches several of them one message.
      const headers = others.length > 0 ? { headers: { CC: others } } : {};
      const publication = { exchange: this.#exchange, routingKey: first, ...headers };
      const sent = () => {
        this.waiting -= bytes.length;
      };
      this.waiting += bytes.length;
      // Rejected when the link is lost, which is told by itself.
      this.#channel?.basicPublish(publication, bytes).then(sent, sent);
    }
  }

  async bind(shard: number): Promise<void> {
    await this.#channel?.queueBind({ exchange: this.#exchange, queue: this.#queue, routingKey: routingKey(shard) });
  }

  unbind(shard: number): void {
    const binding = { exchange: this.#exchange, queue: this.#queue, routingKey: routingKey(shard) };
    this.#channel?.queueUnbind(binding).catch((error: Error) => this.#gone(error));
  }

  async close(): Promise<void> {
    this.#isGone = true;
    await this.#channel?.close();
    await this.#connection.close();
  }

  destroy(): void {
    this.#isGone = true;
    this.#connection.unsafeDestroy();
  }

  async #open(): Promise<void> {
    const channel = await this.#connection.acquire();
    this.#channel = channel;
    channel.on("close", () => this.#gone(new Error("RabbitMQ closed the channel")));
    channel.on("basic.cancel", () => this.#gone(new Error("RabbitMQ ended the queue")));
    await channel.exchangeDeclare({ exchange: this.#exchange, type: "topic", durable: true });
    const declared = await channel.queueDeclare({ exclusive: true, autoDelete: true, arguments: QUEUE });
    this.#queue = declared.queue;
    const settings = { queue: this.#queue, noAck: true, exclusive: true };
    await channel.basicConsume(settings, ({ body }) => this.#events.arrived(body));
  }

  #stalled(reason: string | undefined): void {
    if (this.#isReady && !this.#isGone) this.#events.stalled(reason);
  }

  #gone(error: Error): void {
    if (this.#isGone) return;
    this.destroy();
    this.#failed.reject(error);
    if (this.#isReady) this.#events.lost(error);
  }
}

function routingKey(shard: number): string {
  return `hints.${shard}`;
}
