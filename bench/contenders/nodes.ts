import { cpuTime, cpuTimeOfAll } from "#bench/cpu-time.ts";
import { startActivemq } from "#tests/support/services/activemq.ts";
import { startKafka } from "#tests/support/services/kafka.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";
import type { Contender, ContenderName, Nodes } from "./contender.ts";
import { type PlaceOfNodes, startPlaceOfNodes } from "./place-of-nodes.ts";

/** With the whole of Java's compiler, as where it is run. */
const MEASURED = { measured: true };

/** The chat on PostgreSQL: one node alone, and two over each broker. */
export const nodes: Contender[] = [
  onPostgres("postgres", "one node, PostgreSQL"),
  onPostgres("nodes-rabbitmq", "two nodes, RabbitMQ", startRabbitmq),
  onPostgres("nodes-activemq", "two nodes, ActiveMQ", () => startActivemq(MEASURED)),
  onPostgres("nodes-kafka", "two nodes, Kafka", () => startKafka(MEASURED)),
];

function onPostgres(name: ContenderName, title: string, startBroker?: () => Promise<Service>): Contender {
  return {
    ...{ name, title },
    missing: () => undefined,
    async start({ rooms }) {
      const place = await startPlaceOfNodes({ nodes: startBroker ? 2 : 1, rooms, startBroker });
      const { target, database, stop } = place;
      return { pid: place.nodes[0].pid, target, database, nodes: nodesOf(place), stop };
    },
  };
}

function nodesOf(place: PlaceOfNodes): Nodes | undefined {
  const {
    target,
    database,
    broker,
    nodes: [first, second],
    another,
  } = place;
  if (!second || !broker) return undefined;
  return {
    across: { ...target, port: second.port, publishAt: [first.port] },
    onEach: { ...target, alsoAt: second.port },
    both: { ...target, publishAt: [first.port, second.port] },
    engines: {
      "the sender's node": () => cpuTime(first.pid),
      "the other node": () => cpuTime(second.pid),
      "the database": () => cpuTimeOfAll(database.pid),
      "the broker": () => cpuTimeOfAll(broker.pid),
    },
    broker,
    pids: [second.pid, broker.pid],
    another,
  };
}
