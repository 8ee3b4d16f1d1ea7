import { createHash } from "node:crypto";
import type { ArchivedTable } from "./archived-table.ts";

/** A value as JSON has it: flags are true or false, JSON is what it stands for. */
export type Value = string | number | boolean | object | null;
/** In the order of the table's columns. */
export type Row = Value[];

/** A database that is read in one transaction: whatever is written meanwhile, this does not change. */
export interface Rows {
  count(table: ArchivedTable): Promise<number>;
  /** In the order of the key, text by its UTF-8 octets. A few hundred at a time. */
  read(table: ArchivedTable): AsyncIterable<Row[]>;
}

/** How many rows a table has, and what they add up to: the same for both dialects. */
export interface Sum {
  table: string;
  rows: number;
  /** SHA-256, hexadecimal, of a line of canonical JSON for each row. */
  sha256: string;
}

/** How far it has come. */
export interface Step {
  what: "copying" | "checking";
  table: string;
  rows: number;
}

export interface Watch {
  step?(step: Step): void;
  signal?: AbortSignal;
}

/** Rows in one go. */
export const AT_ONCE = 500;

/** Adds up what passes by. */
export function adding(table: ArchivedTable): { add(rows: Row[]): void; sum(): Sum } {
  const hash = createHash("sha256");
  let count = 0;
  return {
    add(rows) {
      count += rows.length;
      let lines = "";
      for (const row of rows) lines += `${JSON.stringify(row.map(canonical))}\n`;
      hash.update(lines);
    },
    sum: () => ({ table: table.name, rows: count, sha256: hash.digest("hex") }),
  };
}

/** Reads everything and adds it up. */
export async function sumsOf(source: Rows, tables: readonly ArchivedTable[], watch: Watch): Promise<Sum[]> {
  const sums: Sum[] = [];
  for (const table of tables) {
    const { add, sum } = adding(table);
    for await (const rows of source.read(table)) {
      add(rows);
      await paced({ what: "checking", table: table.name, rows: rows.length }, watch);
    }
    sums.push(sum());
  }
  return sums;
}

/** Tells of a step, and lets signals through: SQLite would otherwise keep the thread to itself. */
export async function paced(step: Step, { step: tell, signal }: Watch): Promise<void> {
  tell?.(step);
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

// PostgreSQL keeps the fields of JSON in an order of its own.
function canonical(value: Value): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(canonical);
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, canonical(field as Value)]));
}
