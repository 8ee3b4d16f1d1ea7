import { defineTables } from "./schema.ts";
import { sqliteColumns } from "./sqlite-columns.ts";

export const {
  settings,
  users,
  sessions,
  rooms,
  memberships,
  messages,
  invites,
  tokens,
  counters,
  changes,
  audit,
  searchRows,
  searchMarks,
} = defineTables(sqliteColumns);
