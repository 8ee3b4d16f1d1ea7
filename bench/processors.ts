import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Keeps processes, all of their threads and all that they have started to one processor (Linux). What they start later keeps to it, too. */
export function keepTo(processor: number, pids: number[]): void {
  for (const pid of pids.flatMap(familyOf)) execFileSync("taskset", ["-a", "-c", "-p", `${processor}`, `${pid}`]);
}

function familyOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(familyOf)];
}
