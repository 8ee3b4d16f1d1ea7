import { commands } from "#server/store/commands.ts";
import { dialect } from "#server/store/dialect.ts";
import { serveWrites as servePostgres } from "#server/store/postgres/serve-writes.ts";
import { serveWrites } from "#server/store/serve-writes.ts";
import { edit, remove } from "./editing.ts";

// A writer that can edit and delete, to see what becomes of searches.
await (dialect === "postgres" ? servePostgres : serveWrites)({ ...commands, edit, remove });
