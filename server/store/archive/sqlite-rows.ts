import { closeSync, existsSync, fsyncSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { connect } from "#server/store/connection.ts";
import { migrate } from "#server/store/migrate.ts";
import { type ArchivedTable, type Kind, quoted, TABLES } from "./archived-table.ts";
import { AT_ONCE, type Row, type Rows, type Value } from "./rows.ts";

export interface SqliteSource extends Rows {
  sqlite: Database.Database;
  close(): void;
}

/** A file as it is at this moment, whatever a server writes to it meanwhile. It is not changed. */
export function openSqliteSource(file: string): SqliteSource {
  const { sqlite } = connect({ file, busyTimeout: 3_000, readonly: true });
  try {
    sqlite.exec("begin");
    // The snapshot is that of the first read.
    sqlite.prepare("select count(*) from sqlite_master").get();
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return { sqlite, ...rowsOf(sqlite), close: () => sqlite.close() };
}

export interface SqliteTarget extends Rows {
  sqlite: Database.Database;
  write(table: ArchivedTable, rows: Row[]): void;
  /** Everything is on the disk, in this one file. Nobody else begins to write it before `put` is done, which may give it its name. */
  finish(put?: () => void): void;
  /** Leaves nothing behind. */
  abandon(): void;
}

/**
 * A new database with empty tables, for its owner alone. Nobody else looks at it before it is finished, so nothing has to be safe until then. What is left of one
 * that was never finished is removed; one that another process writes is not, and throws.
 */
export function openSqliteTarget(file: string): SqliteTarget {
  if (existsSync(file) && isWritten(file))
    throw new Error(`${file} is being written: wait until the other backup is done.`);
  rmSync(file, { force: true });
  const sqlite = emptied(file);
  const inserts = new Map(TABLES.map((table) => [table.name, sqlite.prepare(insertOf(table))]));
  return {
    sqlite,
    ...rowsOf(sqlite),
    write({ name, columns }, rows) {
      const insert = inserts.get(name);
      for (const row of rows) insert?.run(row.map((value, index) => toSqlite(value, columns[index]?.kind)));
    },
    finish(put = () => {}) {
      sqlite.exec("commit");
      const descriptor = openSync(file, "r");
      fsyncSync(descriptor);
      put();
      // Closing any descriptor lets go of the lock.
      sqlite.close();
      closeSync(descriptor);
    },
    abandon() {
      sqlite.close();
      rmSync(file, { force: true });
    },
  };
}

/** Leaves nothing where the disk has no room for as little. */
function emptied(file: string): Database.Database {
  closeSync(openSync(file, "wx", 0o600));
  const sqlite = new Database(file);
  try {
    sqlite.pragma("journal_mode = off");
    sqlite.pragma("synchronous = off");
    // From the first write to the end: the system's lock says to others that somebody writes, and goes with the process.
    sqlite.pragma("locking_mode = exclusive");
    migrate({ sqlite });
    sqlite.exec("begin");
    for (const { name } of TABLES) sqlite.exec(`delete from ${quoted(name)}`);
    return sqlite;
  } catch (error) {
    sqlite.close();
    rmSync(file, { force: true });
    throw error;
  }
}

function isWritten(file: string): boolean {
  const other = new Database(file, { timeout: 0 });
  try {
    other.exec("begin exclusive");
    return false;
  } catch (error) {
    return (error as { code?: string }).code === "SQLITE_BUSY";
  } finally {
    other.close();
  }
}

/** Brings a file, or a folder's entries, to the disk. */
function synced(path: string): void {
  const descriptor = openSync(path, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** A rename is on the disk when the folder is. */
export const syncedFolderOf = (path: string) => synced(dirname(path));

function rowsOf(sqlite: Database.Database): Rows {
  return {
    async count({ name }) {
      return sqlite
        .prepare(`select count(*) from ${quoted(name)}`)
        .pluck()
        .get() as number;
    },
    async *read({ name, columns, key }) {
      const list = columns.map((column) => quoted(column.name)).join(", ");
      const statement = sqlite.prepare(`select ${list} from ${quoted(name)} order by ${key.map(quoted).join(", ")}`);
      let rows: Row[] = [];
      for (const row of statement.raw().iterate() as IterableIterator<Value[]>) {
        rows.push(row.map((value, index) => fromSqlite(value, columns[index]?.kind)));
        if (rows.length < AT_ONCE) continue;
        yield rows;
        rows = [];
      }
      if (rows.length > 0) yield rows;
    },
  };
}

function insertOf({ name, columns }: ArchivedTable): string {
  const list = columns.map((column) => quoted(column.name)).join(", ");
  return `insert into ${quoted(name)} (${list}) values (${columns.map(() => "?").join(", ")})`;
}

function fromSqlite(value: Value, kind: Kind | undefined): Value {
  if (value === null) return null;
  if (kind === "flag") return value === 1;
  return kind === "json" ? JSON.parse(value as string) : value;
}

function toSqlite(value: Value, kind: Kind | undefined): Value {
  if (value === null) return null;
  if (kind === "flag") return value ? 1 : 0;
  return kind === "json" ? JSON.stringify(value) : value;
}
