import { setTimeout as sleep } from "node:timers/promises";
import { inOrder } from "./in-order.ts";
import { explain } from "./postgres/explain.ts";
import { isPassing } from "./postgres/failures.ts";
import type { PoolOptions } from "./postgres/pool.ts";
import { openReaders } from "./reading.ts";
import type { Store } from "./store.ts";
import { endOnFailure, storeOf } from "./store-of.ts";
import { openWriter, type Writer } from "./writing.ts";

export interface PostgresOptions {
  /** postgres://user:password@host:port/database */
  url: string;
  /** Milliseconds a command waits for a lock that another node or process holds before it is answered `busy`. */
  busyTimeout?: number;
  /** Milliseconds between looks for changes made by other nodes. */
  pollEvery?: number;
  /** Milliseconds in which a server that is not there yet may come. */
  patience?: number;
  /** Is told, once a try, why it waits. */
  waiting?(reason: string): void;
  /** Ends the waiting. */
  signal?: AbortSignal;
  /** Connections that write; as many again read. */
  connections?: number;
}

const WRITER = new URL("./postgres/writer.ts", import.meta.url);
const READER = new URL("./postgres/reader.ts", import.meta.url);
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

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
  const writer = await patiently(() => openWriter(WRITER, pool, committed), options);
  const readers = await openReaders(1, pool, { module: READER, giveUp: endOnFailure }).catch(async (error: unknown) => {
    await writer.close();
    throw error;
  });
  return storeOf({ writer, readers, committed, pollEvery });
}

/** Tries again, with longer and longer pauses, while the server may only be on its way. */
async function patiently(
  open: () => Promise<Writer>,
  { url, patience = 60_000, waiting, signal }: PostgresOptions,
): Promise<Writer> {
  const end = performance.now() + patience;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    const opened = await open().catch((error: unknown) => error as Error);
    if (!(opened instanceof Error)) return opened;
    const told = explain(opened, url);
    if (!isPassing(opened) || performance.now() + pause > end || signal?.aborted) throw told;
    waiting?.(told.message);
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}
