import { commands } from "#server/store/commands.ts";
import { serveWrites } from "./serve-writes.ts";

// The entry of the writer's thread.
await serveWrites(commands);
