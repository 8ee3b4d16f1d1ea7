import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { connect } from "#server/store/connection.ts";
import { explain } from "#server/store/explain.ts";
import { migrate, newestMigration } from "#server/store/migrate.ts";
import { type ArchivedTable, TABLES } from "./archived-table.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { type Rows, type Sum, sumsOf, type Watch } from "./rows.ts";
import { openSqliteSource, openSqliteTarget, syncedFolderOf } from "./sqlite-rows.ts";
import { compare, transfer } from "./transfer.ts";

/**
 * Writes a backup: a SQLite database with the same tables, whatever it was made from, and a table `archive` that holds its manifest. The file appears
 * whole, or not at all.
 */
export async function writeArchive(
  rows: Rows,
  file: string,
  facts: Pick<Manifest, "version" | "made" | "from">,
  watch: Watch,
): Promise<Manifest> {
  const partial = `${file}.partial`;
  const target = opened(partial, file);
  try {
    const sums = await transfer(rows, target, watch);
    const made: Manifest = { format: 1, ...facts, tables: sums.map(described) };
    target.sqlite.exec("create table archive (manifest text not null)");
    target.sqlite.prepare("insert into archive values (?)").run(JSON.stringify(made));
    target.finish(() => renameSync(partial, file));
    syncedFolderOf(file);
    return made;
  } catch (error) {
    target.abandon();
    throw explain(error, file);
  }
}

export interface Archive extends Rows {
  manifest: Manifest;
  close(): void;
}

/**
 * Opens a backup that is whole: what its tables hold is compared with what the manifest says. One of an older version is brought to the newest schema in
 * a copy at `scratch`. Rejects with one sentence for everything else.
 */
export async function openArchive(file: string, scratch: string, watch: Watch): Promise<Archive> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  try {
    const said = readManifest(file);
    const source = openSqliteSource(file);
    try {
      compare(said.tables, await sumsOf(source, said.tables.map(tableOf), watch), `The backup ${file} is damaged`);
    } finally {
      source.close();
    }
    return { manifest: said, ...openNewest(file, scratch) };
  } catch (error) {
    const { code = "" } = error as { code?: string };
    if (code === "SQLITE_NOTADB")
      throw new Error(`${file} is no backup: it is no SQLite file at all.`, { cause: error });
    if (code.startsWith("SQLITE_CORRUPT"))
      throw new Error(`The backup ${file} is damaged: it cannot be read to its end.`, { cause: error });
    if (error instanceof SyntaxError)
      throw new Error(`The backup ${file} is damaged: it does not say what it holds.`, { cause: error });
    if (code === "SQLITE_ERROR")
      throw new Error(`The backup ${file} is damaged: ${(error as Error).message}.`, { cause: error });
    throw explain(error, file);
  }
}

function opened(partial: string, file: string): ReturnType<typeof openSqliteTarget> {
  try {
    return openSqliteTarget(partial);
  } catch (error) {
    throw explain(error, file);
  }
}

function openNewest(file: string, scratch: string): Rows & { close(): void } {
  const source = openSqliteSource(file);
  const made = source.sqlite.prepare("select max(made) from migrations").pluck().get() as number;
  if (made === newestMigration()) return source;
  source.close();
  const remove = () => {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(scratch + suffix, { force: true });
  };
  try {
    copyFileSync(file, scratch);
    const { sqlite } = connect({ file: scratch, busyTimeout: 0 });
    migrate({ sqlite });
    sqlite.close();
    const newest = openSqliteSource(scratch);
    return {
      ...newest,
      close() {
        newest.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function described(sum: Sum): Manifest["tables"][number] {
  const { columns, key } = TABLES.find(({ name }) => name === sum.table) as ArchivedTable;
  return { ...sum, columns, key };
}

const tableOf = ({ table, columns, key }: Manifest["tables"][number]): ArchivedTable => ({
  ...{ name: table, columns, key, indexes: [] },
});
