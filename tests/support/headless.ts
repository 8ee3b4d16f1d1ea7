import { serve } from "#server/main.ts";
import { openApi } from "./routes.ts";

// The whole server but Next: what startServer({ ui: false }) runs.
await serve({ openPages: openApi });
