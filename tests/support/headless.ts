import { serve } from "#server/main.ts";
import { dyingBefore } from "./dying-before.ts";
import { openApi } from "./routes.ts";

// The whole server but Next: what startServer({ ui: false }) runs. With DIE_BEFORE_HINT it does not survive a message that contains those words.
const words = process.env.DIE_BEFORE_HINT;
await serve({ openPages: openApi, ...(words && { openBetween: dyingBefore(words) }) });
