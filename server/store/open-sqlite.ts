import { startCheckpoints } from "./checkpoints.ts";
import { explain } from "./explain.ts";
import { inOrder } from "./in-order.ts";
import { lateReaders, openReaders } from "./reading.ts";
import type { Store } from "./store.ts";
import { endOnFailure, storeOf } from "./store-of.ts";
import { openWriter } from "./writing.ts";

export interface SqliteOptions {
  /** Path of the SQLite file; made when it does not exist. */
  file: string;
  /** Threads that read. */
  readers?: number;
  /** Milliseconds a batch waits for the lock of another process before it is answered `busy`. */
  busyTimeout?: number;
  /** Milliseconds between looks for changes made by other processes. */
  pollEvery?: number;
  /** The oldest SQLite that is accepted. */
  oldestSqlite?: string;
  /** The module of the writer's thread. */
  writerModule?: URL;
  /** The module of a reader's thread. */
  readerModule?: URL;
}

const WRITER = new URL("./writer.ts", import.meta.url);
const READER = new URL("./reader.ts", import.meta.url);

/** Rejects with one sentence when the file cannot be used: not a database, locked, not writable, or a SQLite that is too old. */
export async function openSqlite({
  file,
  readers: count = 1,
  busyTimeout = 3_000,
  pollEvery = 200,
  oldestSqlite,
  writerModule = WRITER,
  readerModule = READER,
}: SqliteOptions): Promise<Store> {
  const options = { file, busyTimeout, oldestSqlite };
  const committed = inOrder();
  const writer = await openWriter(writerModule, options, committed).catch((error: unknown) => {
    throw explain(error, file);
  });
  const readers = await openReaders(count, options, { module: readerModule, giveUp: endOnFailure }).catch(
    async (error: unknown) => {
      await writer.close();
      throw explain(error, file);
    },
  );
  // In a thread of their own, because SQLite answers one question at a time; it is started when somebody searches.
  const searchers = lateReaders(() => openReaders(1, options, { module: readerModule, giveUp: endOnFailure }));
  const stopCheckpoints = startCheckpoints(options, writer.checkpoint);
  return storeOf({ writer, readers, searchers, committed, pollEvery, beforeClose: stopCheckpoints });
}
