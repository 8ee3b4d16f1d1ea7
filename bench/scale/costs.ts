import type { Costs } from "./model.ts";

/** Two virtual cores at 2.5 GHz; docs/scaling.md says which of them were measured, where, and which are guesses on the careful side. */
export const careful: Costs = {
  post: 1_250,
  delivery: 10.5,
  hint: 350,
  arrival: 2_500,
  connection: 45_000,
  storedPost: 800,
  storedArrival: 3_500,
  look: 300,
  carried: 250,
};
