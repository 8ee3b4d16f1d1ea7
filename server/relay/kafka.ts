import { Admin, type BaseOptions, Consumer, Producer, type RecordsBatch } from "@platformatic/kafka";
import { pathOf } from "./broker-url.ts";
import type { Engine, EngineEvents, EngineTimes, Link } from "./engine.ts";
import { clientOptions, destroyClient } from "./kafka-client.ts";
import { findTopic, type Partition, type Topic } from "./kafka-topic.ts";
import type { Parcel } from "./parcel.ts";

/** Milliseconds: a request costs Kafka the answers to two waiting fetches as well, whatever is in it. */
const PACE = 4;
/** Bytes of one request to store. Kafka refuses batches above 1 MiB where nobody has set anything else. */
const MOST_A_REQUEST = 512 * 1024;
/** Bytes of one answer to a fetch. */
const MOST_A_FETCH = 8 * 1024 * 1024;

/**
 * Kafka: one topic; every node reads all its partitions from the end on, as no member of a group and without committing where it is.
 * `kafka://login:password@host:port,host:port/topic?mechanism=SCRAM-SHA-512`; the topic is `sarangbang` by itself, the mechanism PLAIN.
 */
export function kafkaEngine(url: URL, times: EngineTimes): Engine {
  const name = pathOf(url) || "sarangbang";
  const options = clientOptions(url, times);
  return {
    async connect(events, signal) {
      // The leaders of a topic that has just been made are not known at once.
      const admin = new Admin({ ...options, retries: 10, retryDelay: 100 });
      const enough = AbortSignal.any([signal, AbortSignal.timeout(2 * times.connect)]);
      const { promise: late, reject } = Promise.withResolvers<never>();
      const give = () => reject(new Error(`no answer within ${2 * times.connect} ms`));
      enough.addEventListener("abort", give, { once: true });
      try {
        const topic = await Promise.race([findTopic(admin, name, url), late]);
        return await new KafkaLink(options, topic, times, events).ready(late);
      } finally {
        enough.removeEventListener("abort", give);
        destroyClient(admin);
      }
    },
  };
}

class KafkaLink implements Link {
  readonly mixes = false;
  readonly pace = PACE;
  readonly #topic: Topic;
  readonly #times: EngineTimes;
  readonly #events: EngineEvents;
  readonly #producer: Producer;
  readonly #consumer: Consumer;
  readonly #queue: Parcel[] = [];
  #waiting = 0;
  #sending: Promise<void> | undefined;
  #isGone = false;

  constructor(options: BaseOptions, topic: Topic, times: EngineTimes, events: EngineEvents) {
    this.#topic = topic;
    this.#times = times;
    this.#events = events;
    this.#producer = new Producer(options);
    // It never joins a group; the name is what the client insists on.
    this.#consumer = new Consumer({ ...options, groupId: "sarangbang" });
  }

  async ready(late: Promise<never>): Promise<Link> {
    const topics = [this.#topic.name];
    try {
      this.#consumer.topics.trackAll(...topics);
      // So that neither the first hint nor the first fetch waits for a connection.
      await Promise.race([
        Promise.all([this.#producer.metadata({ topics }), this.#consumer.metadata({ topics })]),
        late,
      ]);
    } catch (error) {
      this.destroy();
      throw error;
    }
    for (const [leader, partitions] of Map.groupBy(this.#topic.partitions, (partition) => partition.leader))
      void this.#follow(leader, partitions);
    return this;
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
    destroyClient(this.#producer);
    destroyClient(this.#consumer);
  }

  /** One request at a time keeps the order, and what comes meanwhile shares the next. */
  async #empty(): Promise<void> {
    try {
      while (this.#queue.length > 0 && !this.#isGone) {
        const parcels = this.#nextRequest();
        const messages = parcels.map(({ shards: [shard = 0], bytes }) => ({
          topic: this.#topic.name,
          partition: shard % this.#topic.partitions.length,
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

  /** Reads the partitions that one broker leads, from their ends on. */
  async #follow(node: number, partitions: readonly Partition[]): Promise<void> {
    const offsets = new Map(partitions.map(({ index, end }) => [index, end]));
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
        for (const { partitionIndex, records } of responses.flatMap((response) => response.partitions))
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
    this.#events.lost(error);
  }
}
