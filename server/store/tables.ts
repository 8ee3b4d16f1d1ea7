import { dialect } from "./dialect.ts";
import type * as Sqlite from "./sqlite.ts";

// A thread loads only what its database needs. Both kits make the same tables, so queries are typed once (schema.ts).
/** The tables in the dialect of this thread. */
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
} =
  dialect === "postgres" ? ((await import("./postgres.ts")) as unknown as typeof Sqlite) : await import("./sqlite.ts");
