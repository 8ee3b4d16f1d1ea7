import type { Commands } from "./commands.ts";
import type { Committed } from "./committed.ts";
import { openPostgres, type PostgresOptions } from "./open-postgres.ts";
import { openSqlite, type SqliteOptions } from "./open-sqlite.ts";
import type { Queries } from "./queries.ts";

/** The database, seen from the main thread, which never opens it. Commands and queries are named functions in `commands/` and `queries/`. */
export interface Store {
  /** Resolves after the durable commit, and after `onCommitted` was told. Rejects with the command's Refusal, or `busy`. */
  write<Name extends keyof Commands>(name: Name, ...input: Rest<Commands[Name]>): ReturnType<Commands[Name]>;
  /** One read transaction. */
  read<Name extends keyof Queries>(name: Name, ...input: Rest<Queries[Name]>): ReturnType<Queries[Name]>;
  /** Hands over everything that was committed, in commit order, here or (changes alone) by another process. One listener; it must not throw. */
  onCommitted(listener: (committed: Committed) => void): void;
  /** The number of the last change that was handed over. What a command here committed is never told before the changes it was committed after. */
  known(): number;
  /** Resolves when all changes up to `n` were handed over, at once where they were; reads them otherwise, however long the poll would have waited. */
  know(n: number): Promise<void>;
  /** Finishes what was begun. */
  close(): Promise<void>;
}

/** What a command or query is given besides the database. */
type Rest<Named> = Named extends (db: never, ...rest: infer Given) => unknown ? Given : never;

export type StoreOptions = SqliteOptions | PostgresOptions;

/**
 * Opens (or makes) the database, brings it to the newest schema and starts its threads: the SQLite file that is named, or the PostgreSQL database.
 * Rejects with an Error of one sentence when it cannot be used.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return "url" in options ? await openPostgres(options) : await openSqlite(options);
}
