import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** The column kit of SQLite: what `defineTables` builds with. Instants are milliseconds since 1970. */
export const sqliteColumns = {
  table: sqliteTable,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  flag: (name: string) => integer(name, { mode: "boolean" }),
  instant: (name: string) => integer(name),
  json: (name: string) => text(name, { mode: "json" }),
  primaryKey,
  index,
  uniqueIndex,
};

export type Columns = typeof sqliteColumns;
