import { Admin, type BaseOptions, type ClusterTopicMetadata, findErrorBy } from "@platformatic/kafka";
import { reasonOf } from "./reason.ts";

/** Enough for the brokers of a cluster to share the work, few enough that every node reads them all. */
const PARTITIONS = 64;
/** Milliseconds that hints are kept. Nobody reads them later: the database has what they were about. */
const KEPT = 10 * 60 * 1_000;
const CONFIGS = ["retention.ms", "segment.ms"].map((name) => ({ name, value: `${KEPT}` }));

/** Where the partitions of the topic are. Makes the topic where it is missing, if the brokers let us; otherwise rejects with what to do. */
export async function findTopic(options: BaseOptions, name: string, url: URL): Promise<ClusterTopicMetadata> {
  // The leaders of a topic that has just been made are not known at once.
  const admin = new Admin({ ...options, retries: 10, retryDelay: 100 });
  try {
    // Asked for without naming it, because a topic that is missing and one that is not ready yet fail alike.
    const names = await admin.listTopics();
    if (!names.includes(name)) await makeTopic(admin, name, url);
    const { topics } = await admin.metadata({ topics: [name], forceUpdate: true });
    const topic = topics.get(name);
    if (!topic) throw new Error(`Kafka does not say where its topic ${name} is`);
    return topic;
  } finally {
    await admin.close().catch(() => {});
  }
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
