import type { Costs } from "./model.ts";

/** Two virtual cores at 2.5 GHz; docs/scaling.md says which of them were measured, where, and which are guesses on the careful side. */
export const careful: Costs = {
  post: 1_500,
  delivery: 10.5,
  hint: 300,
  arrival: 600,
  connection: 45_000,
  storedPost: 1_000,
  storedArrival: 2_000,
  look: 300,
  carried: 250,
};
