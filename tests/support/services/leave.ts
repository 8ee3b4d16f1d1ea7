import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { until } from "#tests/support/until.ts";

/** The environment variable by which a service's processes are known, those that have cut loose from it, too. */
export const FOLDER_OF_SERVICE = "SARANGBANG_SERVICE";
const GONE_WITHIN = 10_000;

/** Ends the service of a folder and removes what it has kept. */
export async function leave(folder: string): Promise<void> {
  await end(folder);
  releaseSharedMemory(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** SIGKILL of every process of the service, until there is none. */
export async function end(folder: string): Promise<void> {
  const none = () => {
    const pids = processesOf(folder);
    for (const pid of pids) killAtOnce(pid);
    return pids.length === 0;
  };
  await until("the service's processes to be gone", none, GONE_WITHIN);
}

/** What has started in the folder, or was started by what has: PostgreSQL writes over its environment, Erlang's register of names leaves the folder. */
function processesOf(folder: string): number[] {
  const mark = `${FOLDER_OF_SERVICE}=${folder}\0`;
  const isOurs = (pid: string) => {
    const cwd = orNothing(() => readlinkSync(`/proc/${pid}/cwd`));
    if (cwd === folder || cwd.startsWith(`${folder}/`)) return true;
    return `${orNothing(() => readFileSync(`/proc/${pid}/environ`, "latin1"))}\0`.includes(mark);
  };
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids
    .filter(isOurs)
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** A process may have ended meanwhile, or be somebody else's. */
function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** PostgreSQL that was killed leaves a few bytes behind that belong to no process; the seventh line of its file names them. */
function releaseSharedMemory(folder: string): void {
  const lines = orNothing(() => readFileSync(join(folder, "data", "postmaster.pid"), "utf8")).split("\n");
  const id = lines[6]?.trim().split(/\s+/)[1];
  if (id) spawnSync("ipcrm", ["-m", id], { stdio: "ignore" });
}

if (import.meta.main) await leave(process.argv[2] as string);
