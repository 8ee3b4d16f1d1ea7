import { inject, onTestFinished } from "vitest";
import type { PostgresOptions } from "#server/store/open-postgres.ts";
import { openStore, type Store } from "#server/store/store.ts";
import { founding, minasSession } from "#tests/store/founding.ts";
import { freshDatabase } from "#tests/support/services/postgres.ts";

/** An empty database in the PostgreSQL that runs beside the tests. */
export const emptyDatabase = () => freshDatabase({ url: inject("postgres") as string });

/** One node's store; closed with the test. */
export async function openNode(url: string, options: Partial<PostgresOptions> = {}): Promise<Store> {
  const store = await openStore({ url, pollEvery: 20, busyTimeout: 2_000, connections: 4, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** 미나's place, with two rooms of hers besides the lobby, and two nodes on it. */
export async function openTwoNodes(): Promise<{ url: string; nodes: [Store, Store] }> {
  const url = await emptyDatabase();
  const nodes: [Store, Store] = [await openNode(url), await openNode(url)];
  await nodes[0].write("claim", founding);
  await nodes[0].write("openSession", minasSession);
  return { url, nodes };
}
