import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import * as tables from "#server/store/sqlite.ts";

/** What a value is, whatever the dialect calls it. */
export type Kind = "text" | "integer" | "flag" | "json";

export interface ArchivedTable {
  name: string;
  columns: { name: string; kind: Kind }[];
  /** The columns of the primary key, in its order: rows travel, and are added up, in the order of it. */
  key: string[];
  /** Indexes that a healthy database has. */
  indexes: string[];
}

const KINDS: Record<string, Kind> = {
  SQLiteText: "text",
  SQLiteInteger: "integer",
  SQLiteBoolean: "flag",
  SQLiteTextJson: "json",
};

const { searchRows, searchMarks, ...told } = tables as unknown as Record<string, SQLiteTable>;

/** What search is made of: made anew from the messages, wherever they are brought. */
export const MADE_ANEW: readonly string[] = ["search_rows", "search_marks", "search_grams"];

/** Every table of the schema that tells something of its own, as both dialects have it. */
export const TABLES: readonly ArchivedTable[] = Object.values(told).map((table) => {
  const { name, columns, primaryKeys, indexes } = getTableConfig(table);
  const own = columns.filter((column) => column.primary).map((column) => column.name);
  return {
    name,
    columns: columns.map((column) => ({ name: column.name, kind: KINDS[column.columnType] as Kind })),
    key: primaryKeys[0]?.columns.map((column) => column.name) ?? own,
    indexes: indexes.map((index) => index.config.name),
  };
});

/** A name of the schema's as SQL has it; none of them has a quotation mark. */
export const quoted = (name: string) => `"${name}"`;
