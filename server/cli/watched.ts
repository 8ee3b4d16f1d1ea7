import { Complaint } from "#server/complaint.ts";
import { TABLES } from "#server/store/archive/archived-table.ts";
import type { Rows, Watch } from "#server/store/archive/rows.ts";
import { progressBar } from "./progress-bar.ts";

/** Every row is read once and, in what was written, once again. */
const PASSES = 2;

/** Runs long work on these rows: shows how far it is, and lets Ctrl+C end it with everything as it was. */
export async function watched<T>(rows: Rows, work: (watch: Watch) => Promise<T>): Promise<T> {
  let total = 0;
  for (const table of TABLES) total += PASSES * (await rows.count(table));
  const stop = new AbortController();
  const end = () => stop.abort(new Complaint("Stopped; everything is as it was."));
  process.once("SIGINT", end).once("SIGTERM", end);
  const bar = progressBar(total);
  try {
    return await work({ step: bar.step, signal: stop.signal });
  } finally {
    bar.end();
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
