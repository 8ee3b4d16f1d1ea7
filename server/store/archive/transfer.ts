import { type ArchivedTable, TABLES } from "./archived-table.ts";
import { adding, paced, type Row, type Rows, type Sum, sumsOf, type Value, type Watch } from "./rows.ts";

interface Target extends Rows {
  write(table: ArchivedTable, rows: Row[]): void | Promise<void>;
}

/** Copies every row, then reads the target and compares, table by table. Returns what was copied; throws where the two are not the same. */
export async function transfer(source: Rows, target: Target, watch: Watch): Promise<Sum[]> {
  const sums: Sum[] = [];
  for (const table of TABLES) {
    const { add, sum } = adding(table);
    for await (const rows of source.read(table)) {
      add(rows);
      await target.write(table, rows);
      await paced({ what: "copying", table: table.name, rows: rows.length }, watch);
    }
    sums.push(sum());
  }
  compare(sums, await sumsOf(target, TABLES, watch), "What was written is not what was read");
  return sums;
}

/** Throws with the name of the first table whose rows are not the same. */
export function compare(expected: readonly Sum[], found: readonly Sum[], complaint: string): void {
  for (const { table, rows, sha256 } of expected) {
    const other = found.find((each) => each.table === table);
    if (other?.rows === rows && other.sha256 === sha256) continue;
    const counts = other?.rows === rows ? "other rows" : `${other?.rows ?? 0} rows instead of ${rows}`;
    throw new Error(`${complaint}: ${table} has ${counts}.`);
  }
}

/** What becomes of the value under a key: another one, none (null), or as it is (undefined). */
export type Replacement = Value | undefined | ((former: Value | undefined) => Value);

/** The same rows, but in these tables of keys and values (settings, counters). */
export function withValues(source: Rows, tables: Readonly<Record<string, Record<string, Replacement>>>): Rows {
  return {
    async count(table) {
      const values = tables[table.name];
      return values ? (await changed(source, table, values)).length : source.count(table);
    },
    read(table) {
      const values = tables[table.name];
      return values ? once(changed(source, table, values)) : source.read(table);
    },
  };
}

async function changed(source: Rows, table: ArchivedTable, replacements: Record<string, Replacement>): Promise<Row[]> {
  const all = await valuesOf(source, table);
  for (const [key, replacement] of Object.entries(replacements)) {
    const value = typeof replacement === "function" ? replacement(all.get(key)) : replacement;
    if (value === null) all.delete(key);
    else if (value !== undefined) all.set(key, value);
  }
  return [...all].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What the settings say under a key. */
export async function settingOf(source: Rows, key: string): Promise<string | undefined> {
  const settings = TABLES.find(({ name }) => name === "settings") as ArchivedTable;
  return (await valuesOf(source, settings)).get(key) as string | undefined;
}

async function valuesOf(source: Rows, table: ArchivedTable): Promise<Map<string, Value>> {
  const all = new Map<string, Value>();
  for await (const rows of source.read(table)) for (const [key, value] of rows) all.set(key as string, value as Value);
  return all;
}

async function* once(rows: Promise<Row[]>): AsyncIterable<Row[]> {
  yield await rows;
}
