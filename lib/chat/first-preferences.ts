import type { Preferences } from "./person.ts";

/** What everybody begins with. Not beside the schema: for this alone the writer's thread would load all of zod, a third of its start. */
export const FIRST_PREFERENCES: Preferences = {
  language: null,
  theme: "system",
  density: "comfortable",
  enterSends: true,
  clock: "locale",
};
