import Database from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";

/** What commands and queries are written against: await every query, and nothing else. */
export type Db = BetterSQLite3Database;

export interface Connection {
  sqlite: Database.Database;
  db: Db;
}

export interface ConnectionOptions {
  file: string;
  /** Milliseconds that a statement waits for another process's lock. */
  busyTimeout: number;
  readonly?: boolean;
  /** The oldest SQLite that is accepted. */
  oldestSqlite?: string;
}

// Before 3.51.3 a checkpoint could reset the WAL under a writer and lose commits (promises.md, A40).
const OLDEST_SQLITE = "3.51.3";

/** Opens the file in this thread. Throws with one sentence for a person when the file or SQLite will not do. */
export function connect({
  file,
  busyTimeout,
  readonly = false,
  oldestSqlite = OLDEST_SQLITE,
}: ConnectionOptions): Connection {
  const sqlite = new Database(file, { readonly, timeout: busyTimeout });
  const { version } = sqlite.prepare("select sqlite_version() as version").get() as { version: string };
  if (isOlder(version, oldestSqlite)) {
    sqlite.close();
    throw new Error(`SQLite ${oldestSqlite} or newer is needed, and this is ${version}; install again with npm ci.`);
  }
  if (readonly) sqlite.pragma("query_only = on");
  else keepWriteAheadLog(sqlite);
  return { sqlite, db: drizzle(sqlite) };
}

function keepWriteAheadLog(sqlite: Database.Database): void {
  sqlite.pragma("journal_mode = wal");
  // A RECEIPT means on the disk (promises.md).
  sqlite.pragma("synchronous = full");
  // The checkpointer does it, beside the writer.
  sqlite.pragma("wal_autocheckpoint = 0");
  // What was deleted or edited away is nowhere in the file any more: otherwise its bytes stay until a page is used again.
  sqlite.pragma("secure_delete = on");
}

function isOlder(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, "en", { numeric: true }) < 0;
}
