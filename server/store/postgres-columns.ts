import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Columns } from "./sqlite-columns.ts";

// drizzle's builders are typed per dialect; queries are written once against what both share, so this kit wears SQLite's type.
/** The column kit of PostgreSQL. */
export const postgresColumns = {
  table: pgTable,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  flag: (name: string) => boolean(name),
  instant: (name: string) => bigint(name, { mode: "number" }),
  json: (name: string) => jsonb(name),
  primaryKey,
  index,
  uniqueIndex,
} as unknown as Columns;
