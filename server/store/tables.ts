import { workerData } from "node:worker_threads";
import type * as Sqlite from "./sqlite.ts";

const { dialect } = (workerData ?? {}) as { dialect?: "postgres" };

// One thread speaks to one database, and loads only what that one needs. Both kits make the same tables, so queries are typed once (schema.ts).
/** The tables in the dialect of this thread; SQLite's where none was named. */
export const { settings, users, sessions, rooms, memberships, messages, invites, tokens, counters, changes, audit } =
  dialect === "postgres" ? ((await import("./postgres.ts")) as unknown as typeof Sqlite) : await import("./sqlite.ts");
