import { isIP } from "node:net";
import {
  type BaseOptions,
  type ClusterTopicMetadata,
  Consumer,
  Producer,
  type RecordsBatch,
  type SASLOptions,
} from "@platformatic/kafka";
import { brokersOf, credentialsOf, pathOf, tlsOf } from "./broker-url.ts";
import type { Engine, EngineEvents, EngineTimes, Link } from "./engine.ts";
import { findTopic } from "./kafka-topic.ts";
import type { Parcel } from "./parcel.ts";

const PORT = 9092;
/** Bytes of one request to store. Kafka refuses batches above 1 MiB where nobody has set anything else. */
const MOST_A_REQUEST = 512 * 1024;
const MOST_A_FETCH = 8 * 1024 * 1024;

/**
 * Kafka: one topic; every node reads all its partitions from the end on, as no member of a group and without committing where it is.
 * `kafka://login:password@host:port,host:port/topic?mechanism=SCRAM-SHA-512`; the topic is `sarangbang` by itself, the mechanism PLAIN.
 */
export function kafkaEngine(url: URL, times: EngineTimes): Engine {
  const topic = pathOf(url) || "sarangbang";
  const options = clientOptions(url, times);
  return {
    async connect(events, signal) {
      const found = await findTopic(options, topic, url);
      signal.throwIfAborted();
      return await new KafkaLink(options, topic, found, times, events).ready();
    },
  };
}

function clientOptions(url: URL, times: EngineTimes): BaseOptions {
  const bootstrapBrokers = brokersOf(url, PORT);
  const tls = tlsOf(url);
  const credentials = credentialsOf(url);
  const mechanism = (url.searchParams.get("mechanism") ?? "PLAIN") as SASLOptions["mechanism"];
  return {
    clientId: "sarangbang",
    bootstrapBrokers,
    connectTimeout: times.connect,
    requestTimeout: 2 * times.heartBeat,
    // Whoever leads a partition says so when it no longer does.
    metadataMaxAge: 10 * 60 * 1_000,
    // Trying again is the relay's, and the same for all engines.
    retries: 0,
    ...(tls && { tls: tls.ca ? { ca: tls.ca } : {}, tlsServerName: bootstrapBrokers.every(({ host }) => !isIP(host)) }),
    ...(credentials && { sasl: { mechanism, username: credentials.login, password: credentials.password } }),
  };
}

class KafkaLink implements Link {
  readonly #name: string;
  readonly #topic: ClusterTopicMetadata;
  readonly #times: EngineTimes;
  readonly #events: EngineEvents;
  readonly #producer: Producer;
  readonly #consumer: Consumer;
  readonly #queue: Parcel[] = [];
  #waiting = 0;
  #sending: Promise<void> | undefined;
  #isReady = false;
  #isGone = false;

  constructor(
    options: BaseOptions,
    name: string,
    topic: ClusterTopicMetadata,
    times: EngineTimes,
    events: EngineEvents,
  ) {
    this.#name = name;
    this.#topic = topic;
    this.#times = times;
    this.#events = events;
    this.#producer = new Producer(options);
    // It never joins; the name is what the client insists on.
    this.#consumer = new Consumer({ ...options, groupId: "sarangbang" });
  }

  async ready(): Promise<Link> {
    try {
      await this.#consumer.topics.trackAll(this.#name);
      const offsets = await this.#consumer.listOffsets({ topics: [this.#name] });
      // So that the first hint does not wait for a connection.
      await this.#producer.metadata({ topics: [this.#name] });
      const partitions = this.#topic.partitions.map(({ leader }, partition) => ({ leader, partition }));
      const ends = offsets.get(this.#name) ?? [];
      for (const [leader, own] of Map.groupBy(partitions, (partition) => partition.leader))
        void this.#follow(leader, new Map(own.map(({ partition }) => [partition, ends[partition] ?? 0n])));
      this.#isReady = true;
      return this;
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  get waiting(): number {
    return this.#waiting;
  }

  send(parcels: readonly Parcel[]): void {
    for (const parcel of parcels) {
      this.#queue.push(parcel);
      this.#waiting += parcel.bytes.length;
    }
    this.#sending ??= this.#empty();
  }

  /** All partitions are read anyway. */
  async bind(): Promise<void> {}

  unbind(): void {}

  async close(): Promise<void> {
    await this.#sending;
    this.destroy();
  }

  destroy(): void {
    this.#isGone = true;
    for (const client of [this.#producer, this.#consumer]) {
      // A connection that is half open would wait for ever for its last bytes to leave.
      for (const [, { socket }] of client.connections) socket?.destroy();
      client.close().catch(() => {});
    }
  }

  /** One request at a time keeps the order, and what comes meanwhile shares the next. */
  async #empty(): Promise<void> {
    try {
      while (this.#queue.length > 0 && !this.#isGone) {
        const parcels = this.#nextRequest();
        const messages = parcels.map(({ shard, bytes }) => ({
          topic: this.#name,
          partition: shard % this.#topic.partitionsCount,
          key: Buffer.from(`${shard}`),
          value: bytes,
        }));
        await this.#producer.send({ messages, acks: 1 });
        for (const { bytes } of parcels) this.#waiting -= bytes.length;
      }
    } catch (error) {
      this.#lost(error as Error);
    } finally {
      this.#sending = undefined;
    }
  }

  #nextRequest(): Parcel[] {
    let bytes = 0;
    const end = this.#queue.findIndex((parcel) => {
      bytes += parcel.bytes.length;
      return bytes > MOST_A_REQUEST;
    });
    return this.#queue.splice(0, end === -1 ? this.#queue.length : Math.max(1, end));
  }

  /** Reads the partitions that one broker leads, from the given offsets on. */
  async #follow(node: number, offsets: Map<number, bigint>): Promise<void> {
    try {
      while (!this.#isGone) {
        const wanted = Array.from(offsets, ([partition, fetchOffset]) => ({
          partition,
          fetchOffset,
          currentLeaderEpoch: -1,
          lastFetchedEpoch: -1,
          partitionMaxBytes: MOST_A_FETCH,
        }));
        const { responses } = await this.#consumer.fetch({
          node,
          topics: [{ topicId: this.#topic.id, partitions: wanted }],
          maxWaitTime: this.#times.heartBeat,
          minBytes: 1,
          maxBytes: MOST_A_FETCH,
        });
        for (const { partitions } of responses)
          for (const { partitionIndex, records } of partitions)
            for (const batch of records ?? []) this.#read(partitionIndex, batch, offsets);
      }
    } catch (error) {
      this.#lost(error as Error);
    }
  }

  #read(partition: number, batch: RecordsBatch, offsets: Map<number, bigint>): void {
    const from = offsets.get(partition) ?? 0n;
    offsets.set(partition, batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n);
    for (const { offsetDelta, value } of batch.records) {
      // A batch is sent whole, also to who wants only its end.
      if (value && batch.firstOffset + BigInt(offsetDelta) >= from && !this.#isGone) this.#events.arrived(value);
    }
  }

  #lost(error: Error): void {
    if (this.#isGone) return;
    this.destroy();
    if (this.#isReady) this.#events.lost(error);
  }
}
