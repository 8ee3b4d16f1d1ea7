import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Microseconds of processor time that a process has used so far, all of its threads together (Linux). */
export function cpuTime(pid: number): number {
  // The name, second in the line, may hold spaces and parentheses: the fields are counted from behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return ((user + system) / TICKS) * 1_000_000;
}

/** The same of a process and of all that it has started. Those that have ended already count where their parent has waited for them. */
export function cpuTimeOfAll(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + cpuTimeOfAll(Number(child)), cpuTime(pid));
  } catch (error) {
    // One that ends while it is looked at.
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return 0;
    throw error;
  }
}

/** Of the values that were made of so much processor time, those that are too coarse: it is counted in ticks, and a few of them may be twice as much or half. */
export function tooCoarse(used: number, ...values: string[]): string[] {
  return used < (ENOUGH / TICKS) * 1_000_000 ? values : [];
}

const ENOUGH = 20;
const TICKS = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
