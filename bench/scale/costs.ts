import type { Costs } from "./model.ts";

/** As `npm run bench` and `npm run bench:scale` found them on two virtual cores at 2.5 GHz (docs/scaling.md has the runs). */
export const measured: Costs = {
  post: 600,
  delivery: 10.5,
  hint: 200,
  arrival: 600,
  connection: 45_000,
  storedPost: 600,
  storedArrival: 1_000,
  look: 300,
  carried: 200,
};
