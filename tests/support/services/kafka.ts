import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Admin } from "@platformatic/kafka";
import { freePort } from "#tests/support/free-port.ts";
import { installed } from "./installed.ts";
import { type JavaOptions, javaFlags } from "./java.ts";
import { type Program, type Service, startService } from "./service.ts";

const CLUSTER = "sarangbangsarangbangsa";
const run = promisify(execFile);

export interface KafkaOptions extends JavaOptions {
  /** A second door, for who names himself: what listens on `port` is told to be found at `advertised`, where a proxy may stand. */
  proxied?: { port: number; advertised: number; login: string; password: string };
}

/** Kafka as a single node in KRaft mode, which makes topics only when it is told to. Its url names the topic `sarangbang`, not made yet. */
export function startKafka(options: KafkaOptions = {}): Promise<Service> {
  return startService((folder) => node(folder, options));
}

async function node(folder: string, options: KafkaOptions): Promise<Program> {
  const [port, controller] = [await freePort(), await freePort()];
  const file = join(folder, "server.properties");
  const java = [...(await javaFlags(folder, options)), ...LOG, "-cp", `${installed("kafka")}/*`];
  await writeFile(file, settings(folder, port, controller, options.proxied));
  await run("java", [...java, "kafka.tools.StorageTool", "format", "--cluster-id", CLUSTER, "--config", file]);
  return {
    name: "Kafka",
    url: `kafka://127.0.0.1:${port}/sarangbang`,
    command: "java",
    args: [...java, "kafka.Kafka", file],
    serves: () => answers(port),
  };
}

const LOG = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"];

const settings = (
  folder: string,
  port: number,
  controller: number,
  proxied: KafkaOptions["proxied"],
) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}${proxied ? `,PROXIED://127.0.0.1:${proxied.port}` : ""}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}${proxied ? `,PROXIED://127.0.0.1:${proxied.advertised}` : ""}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:SASL_PLAINTEXT
${proxied ? door(proxied) : ""}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${folder}/data
auto.create.topics.enable=false
# Until then a node that was killed keeps its successor away.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
# One node has one replica of everything.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
# Made for two cores and a small heap.
num.network.threads=2
num.io.threads=2
background.threads=2
log.cleaner.dedupe.buffer.size=4194304
log.segment.bytes=16777216
log.index.size.max.bytes=262144
`;

const door = ({ login, password }: NonNullable<KafkaOptions["proxied"]>) =>
  `listener.name.proxied.sasl.enabled.mechanisms=PLAIN
listener.name.proxied.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_${login}="${password}";`;

/** It listens before it is part of its own cluster: only an answer about topics says that it serves. */
async function answers(port: number): Promise<boolean> {
  const admin = new Admin({ clientId: "ready", bootstrapBrokers: [`127.0.0.1:${port}`], retries: 0, timeout: 5_000 });
  try {
    await admin.listTopics();
    return true;
  } finally {
    await admin.close();
  }
}
