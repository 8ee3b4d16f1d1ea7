import { setImmediate } from "node:timers/promises";
import { commands } from "#server/store/commands.ts";
import { serveWrites } from "#server/store/serve-writes.ts";

// The writer's thread, in which renaming the place awaits something else than the database.
await serveWrites({
  ...commands,
  renamePlace: async () => {
    await setImmediate();
  },
});
