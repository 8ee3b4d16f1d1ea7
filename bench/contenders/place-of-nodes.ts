import type { Target } from "#bench/load/orders.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { furnish, PRELOAD, targetOf, UNLIMITED } from "./chat.ts";

/** A furnished place on PostgreSQL, served by so many nodes over one broker. */
export interface PlaceOfNodes {
  database: Service;
  /** One node needs none. */
  broker: Service | undefined;
  nodes: [TestServer, ...TestServer[]];
  /** Of the first node. */
  target: Target;
  /** One more, with pages or without; whoever asks for it stops it. Pages need a build. */
  another(pages: boolean): Promise<TestServer>;
  stop(): Promise<void>;
}

/** When something of it does not start, nothing of it is left behind. */
export async function startPlaceOfNodes(options: {
  nodes: number;
  rooms: number;
  startBroker?: () => Promise<Service>;
}): Promise<PlaceOfNodes> {
  const started: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(one: T): T => {
    started.unshift(one);
    return one;
  };
  const stop = async () => {
    for (const one of started) await one.stop();
  };
  try {
    const database = keep(await startPostgres());
    const broker = options.startBroker && keep(await options.startBroker());
    const env = { ...UNLIMITED, ...PRELOAD, DATABASE_URL: database.url, BROKER_URL: broker?.url ?? "" };
    const first = keep(await startServer({ ui: false, env }));
    const nodes: PlaceOfNodes["nodes"] = [first];
    while (nodes.length < options.nodes) nodes.push(keep(await startServer({ ui: false, env })));
    const another = (ui: boolean) => startServer({ ui, env });
    return { database, broker, nodes, target: targetOf(first, await furnish(first, options.rooms)), another, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
