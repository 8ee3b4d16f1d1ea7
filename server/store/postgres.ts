import { postgresColumns } from "./postgres-columns.ts";
import { defineTables } from "./schema.ts";

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
} = defineTables(postgresColumns);
