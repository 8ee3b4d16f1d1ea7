import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import {
  Admin,
  Consumer,
  MessagesStreamModes,
  Producer,
  stringDeserializers,
  stringSerializers,
} from "@platformatic/kafka";
import { Connection } from "rabbitmq-client";
import { ENGINES, type Engine } from "#tests/support/services/engines.ts";
import { query, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import { folderOf } from "./folder-of.ts";

/** A service that keeps one line for those who come later. */
export interface Keeper {
  name: string;
  start(): Promise<Service>;
  /** Resolves when the service has promised to keep it. */
  write(service: Service, line: string): Promise<void>;
  read(service: Service): Promise<string>;
}

const postgres: Keeper = {
  name: "postgres",
  start: startPostgres,
  async write({ url }, line) {
    await query(url, `create table said as select '${line}'::text as line`);
  },
  read: async ({ url }) => (await query(url, "select line from said"))[0]?.line as string,
};

const rabbitmq: Pick<Keeper, "write" | "read"> = {
  async write(service, line) {
    await overAmqp(service.url, async (connection) => {
      const publisher = connection.createPublisher({ confirm: true, queues: [{ queue: "said", durable: true }] });
      await publisher.send({ routingKey: "said", durable: true }, line);
      await publisher.close();
    });
    // It confirms the message on the disk, but may forget a queue that was declared just before: not when another one has been written down since.
    await overAmqp(service.url, (connection) => connection.queueDeclare({ queue: "later", durable: true }));
    await until("the queues to be written down", () => isWrittenDown(service, "later"));
  },
  read: ({ url }) =>
    overAmqp(url, async (connection) => {
      const message = await connection.basicGet("said");
      return message?.body;
    }),
};

async function isWrittenDown(service: Service, queue: string): Promise<boolean> {
  const folder = join(folderOf(service), "data");
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    /LATEST\.LOG$|durable_queue\.DC/.test(name),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "latin1").catch(() => "")));
  return texts.some((text) => text.includes(queue));
}

async function overAmqp<T>(url: string, act: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = new Connection(url);
  connection.on("error", () => undefined);
  try {
    return await act(connection);
  } finally {
    await connection.close();
  }
}

const activemq: Pick<Keeper, "write" | "read"> = {
  write: async ({ url }, line) => {
    await overStomp(
      url,
      `SEND\ndestination:/queue/said\npersistent:true\nreceipt:kept\n\n${line}\0`,
      /receipt-id:kept/,
    );
  },
  read: async ({ url }) =>
    (await overStomp(url, "SUBSCRIBE\nid:1\ndestination:/queue/said\n\n\0", /\n\n(.+)\0/))[1] as string,
};

/** Says one frame after CONNECT, and resolves with the answer that was waited for. */
function overStomp(url: string, frame: string, answer: RegExp): Promise<RegExpExecArray> {
  const { hostname, port, username, password } = new URL(url);
  const socket = connect(Number(port), hostname);
  const connecting = `CONNECT\naccept-version:1.2\nhost:localhost\nlogin:${username}\npasscode:${password}\n\n\0`;
  return new Promise<RegExpExecArray>((resolve, reject) => {
    let said = "";
    socket.write(connecting + frame);
    socket.on("data", (data) => {
      said += data;
      const found = answer.exec(said);
      if (found) resolve(found);
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`ActiveMQ has hung up: ${said}`)));
  }).finally(() => socket.destroy());
}

const kafka: Pick<Keeper, "write" | "read"> = {
  async write({ url }, line) {
    const admin = new Admin(kafkaClient(url));
    const producer = new Producer({ ...kafkaClient(url), serializers: stringSerializers });
    await admin.createTopics({ topics: ["said"], partitions: 1 });
    await producer.send({ messages: [{ topic: "said", value: line }], acks: -1 });
    await Promise.all([admin.close(), producer.close()]);
  },
  async read({ url }) {
    const consumer = new Consumer({ ...kafkaClient(url), groupId: "readers", deserializers: stringDeserializers });
    const messages = await consumer.consume({ topics: ["said"], mode: MessagesStreamModes.EARLIEST });
    for await (const { value } of messages) {
      await consumer.close(true);
      return value;
    }
    throw new Error("Kafka's topic has ended");
  },
};

const kafkaClient = (url: string) => ({ clientId: "tests", bootstrapBrokers: [new URL(url).host] });

const ways = { rabbitmq, activemq, kafka };

export const KEEPERS: readonly Keeper[] = [
  postgres,
  ...ENGINES.map((engine: Engine) => ({ ...engine, ...ways[engine.name] })),
];
