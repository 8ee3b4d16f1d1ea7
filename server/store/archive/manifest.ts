import Database from "better-sqlite3";
import { z } from "zod";
import { migrate, newestMigration } from "#server/store/migrate.ts";
import { MADE_ANEW, quoted, TABLES } from "./archived-table.ts";

const kind = z.enum(["text", "integer", "flag", "json"]);
const manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  /** RFC 3339. */
  made: z.string(),
  from: z.enum(["sqlite", "postgres"]),
  tables: z.array(
    z.object({
      ...{ table: z.string(), rows: z.number(), sha256: z.string() },
      ...{ columns: z.array(z.object({ name: z.string(), kind })), key: z.array(z.string()) },
    }),
  ),
});

/** What a backup says of itself: when and by what it was made, and what its tables add up to. */
export type Manifest = z.infer<typeof manifest>;

/**
 * Reads what a backup says of itself. Throws with one sentence where it is no backup, of a newer version, or lists other tables or columns than its version has:
 * whatever it does not list would be restored without having been compared.
 */
export function readManifest(file: string): Manifest {
  const sqlite = new Database(file, { readonly: true });
  try {
    const isArchive = sqlite.prepare("select 1 from sqlite_master where name = 'archive'").get() !== undefined;
    if (!isArchive)
      throw new Error(
        `${file} was not made by sarangbang backup; a database itself is moved with copy --from sqlite:${file}.`,
      );
    const read = manifest.safeParse(JSON.parse(sqlite.prepare("select manifest from archive").pluck().get() as string));
    const made = sqlite.prepare("select max(made) from migrations").pluck().get() as number | null;
    if (!read.success || (made ?? 0) > newestMigration())
      throw new Error(`The backup ${file} was made by a newer Sarangbang; install that one.`);
    const fault = faultOf(read.data, made ?? 0);
    if (fault) throw new Error(`The backup ${file} is damaged: ${fault}.`);
    return read.data;
  } finally {
    sqlite.close();
  }
}

/** What is wrong with a list of tables, for a schema of that migration. */
function faultOf({ tables }: Manifest, made: number): string | undefined {
  const left = schemaAt(made);
  for (const { table, columns, key } of tables) {
    const wanted = left.get(table);
    if (!wanted) return `it lists ${JSON.stringify(table)}, which is no table of its version, or was listed before`;
    const kinds = new Map(
      TABLES.find(({ name }) => name === table)?.columns.map((column) => [column.name, column.kind]),
    );
    const isKnown = columns.every((column) => (kinds.get(column.name) ?? column.kind) === column.kind);
    if (!isKnown || listed(columns.map(({ name }) => name)) !== listed(wanted.columns) || `${key}` !== `${wanted.key}`)
      return `it lists other columns of ${table} than that table has`;
    left.delete(table);
  }
  const [missing] = left.keys();
  return missing && `it does not list ${missing}`;
}

interface Schema {
  columns: string[];
  /** In the order of the primary key. */
  key: string[];
}

/** The tables of a database of that migration that tell something of their own, as a new one has them. */
function schemaAt(made: number): Map<string, Schema> {
  const sqlite = new Database(":memory:");
  try {
    migrate({ sqlite }, made);
    const names = sqlite
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'migrations'",
      )
      .pluck()
      .all() as string[];
    return new Map(names.filter(isTold).map((name) => [name, schemaOf(sqlite, name)]));
  } finally {
    sqlite.close();
  }
}

/** SQLite keeps a table of FTS5 in others whose names begin with its own. */
const isTold = (table: string) => !MADE_ANEW.some((name) => table === name || table.startsWith(`${name}_`));

function schemaOf(sqlite: Database.Database, table: string): Schema {
  const columns = sqlite.pragma(`table_info(${quoted(table)})`) as { name: string; pk: number }[];
  const keys = columns.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);
  return { columns: columns.map(({ name }) => name), key: keys.map(({ name }) => name) };
}

const listed = (names: readonly string[]) => names.toSorted().join();
