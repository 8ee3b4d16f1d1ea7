import { type Admin, findErrorBy } from "@platformatic/kafka";
import { reasonOf } from "./reason.ts";

/** Enough for the brokers of a cluster to share the work, few enough that every node reads them all: each fetch costs a broker by them. */
const PARTITIONS = 16;
/** Milliseconds that hints are kept. Nobody reads them later: the database has what they were about. */
const KEPT = 10 * 60 * 1_000;
const CONFIGS = ["retention.ms", "segment.ms"].map((name) => ({ name, value: `${KEPT}` }));
/** Of a log: where the next message will lie. */
const END = -1n;

export interface Partition {
  readonly index: number;
  /** The id of the broker that leads it. */
  readonly leader: number;
  /** The offset behind its last message. */
  readonly end: bigint;
}

export interface Topic {
  readonly name: string;
  readonly id: string;
  readonly partitions: readonly Partition[];
}

/** The topic as it is now. Makes it where it is missing, if the brokers let us; otherwise rejects with what to do. */
export async function findTopic(admin: Admin, name: string, url: URL): Promise<Topic> {
  const names = await admin.listTopics();
  if (!names.includes(name)) await makeTopic(admin, name, url);
  const { topics } = await admin.metadata({ topics: [name], forceUpdate: true });
  const found = topics.get(name);
  if (!found) throw new Error(`Kafka does not say where its topic ${name} is`);
  const asked = found.partitions.map((_, partitionIndex) => ({ partitionIndex, timestamp: END }));
  const [listed] = await admin.listOffsets({ topics: [{ name, partitions: asked }] });
  const ends = new Map(listed?.partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset]));
  const partitions = found.partitions.map(({ leader }, index) => ({ index, leader, end: ends.get(index) ?? 0n }));
  return { name, id: found.id, partitions };
}

async function makeTopic(admin: Admin, name: string, url: URL): Promise<void> {
  try {
    await admin.createTopics({ topics: [name], partitions: PARTITIONS, configs: CONFIGS });
  } catch (error) {
    // Another node was quicker.
    if (findErrorBy(error as Error, "apiId", "TOPIC_ALREADY_EXISTS")) return;
    const remedy = `create it with ${PARTITIONS} partitions`;
    throw new Error(`the topic ${name} does not exist and could not be created (${reasonOf(error, url)}); ${remedy}`);
  }
}
