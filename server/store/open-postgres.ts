import { inOrder } from "./in-order.ts";
import { awaitServer, type Waiting } from "./postgres/await-server.ts";
import type { PoolOptions } from "./postgres/pool.ts";
import { openReaders } from "./reading.ts";
import type { Store } from "./store.ts";
import { endOnFailure, storeOf } from "./store-of.ts";
import { openWriter } from "./writing.ts";

export interface PostgresOptions extends Waiting {
  /** postgres://user:password@host:port/database */
  url: string;
  /** Milliseconds a command waits for a lock that another node or process holds before it is answered `busy`. */
  busyTimeout?: number;
  /** Milliseconds between looks for changes made by other nodes. */
  pollEvery?: number;
  /** Connections that write; as many again read. */
  connections?: number;
}

const WRITER = new URL("./postgres/writer.ts", import.meta.url);
const READER = new URL("./postgres/reader.ts", import.meta.url);

/**
 * Rejects with one sentence when the database cannot be used: not to be reached (after `patience`), a wrong password, no such database, a server that
 * is too old, text that is not UTF8, no right to make tables, or tables of a newer version.
 */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { url, busyTimeout = 3_000, pollEvery = 200, connections = 8 } = options;
  const pool: PoolOptions & { dialect: "postgres" } = {
    ...{ dialect: "postgres", url, size: connections },
    ...{ connectTimeout: 3_000, lockTimeout: busyTimeout, statementTimeout: 5_000 },
  };
  const committed = inOrder();
  const writer = await awaitServer(() => openWriter(WRITER, pool, committed), url, options);
  const readers = await openReaders(1, pool, { module: READER, giveUp: endOnFailure }).catch(async (error: unknown) => {
    await writer.close();
    throw error;
  });
  return storeOf({ writer, readers, committed, pollEvery });
}
