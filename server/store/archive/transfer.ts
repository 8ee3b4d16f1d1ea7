import { type ArchivedTable, TABLES } from "./archived-table.ts";
import { adding, paced, type Row, type Rows, type Sum, sumsOf, type Watch } from "./rows.ts";

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

/** The same rows, but these settings: another value, or none (null). */
export function withSettings(source: Rows, settings: Readonly<Record<string, string | null | undefined>>): Rows {
  const changes = Object.entries(settings).filter(
    (change): change is [string, string | null] => change[1] !== undefined,
  );

  async function changed(table: ArchivedTable): Promise<Row[]> {
    const all = new Map<string, string>();
    for await (const rows of source.read(table))
      for (const [key, value] of rows) all.set(key as string, value as string);
    for (const [key, value] of changes) {
      if (value === null) all.delete(key);
      else all.set(key, value);
    }
    return [...all].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  return {
    count: async (table) => (table.name === "settings" ? (await changed(table)).length : source.count(table)),
    read: (table) => (table.name === "settings" ? once(changed(table)) : source.read(table)),
  };
}

/** What the settings say under a key. */
export async function settingOf(source: Rows, key: string): Promise<string | undefined> {
  const settings = TABLES.find(({ name }) => name === "settings") as ArchivedTable;
  for await (const rows of source.read(settings))
    for (const [name, value] of rows) if (name === key) return value as string;
  return undefined;
}

async function* once(rows: Promise<Row[]>): AsyncIterable<Row[]> {
  yield await rows;
}
