import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { chown, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "#tests/support/until.ts";
import { end, FOLDER_OF_SERVICE, leave } from "./leave.ts";

/** A real server beside the tests, on ports and in a folder of its own. */
export interface Service {
  /** As DATABASE_URL or BROKER_URL take it. */
  readonly url: string;
  /** Of the process that serves; another one after each start. */
  readonly pid: number;
  /** SIGKILL of everything it started. The data stays. */
  kill(): Promise<void>;
  /** Again on the same ports and data; resolves when it really serves. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** A program that keeps everything it writes in the folder it was given. */
export interface Program {
  /** In sentences. */
  name: string;
  url: string;
  command: string;
  args: string[];
  env?: NodeJS.Dict<string>;
  user?: User;
  /** Resolves with something truthy when it really serves; until then it is asked again, and may reject. */
  serves(): Promise<unknown>;
}

/** Whom a process belongs to; undefined is whoever runs the tests. */
export type User = { uid: number; gid: number } | undefined;

/** JVMs on two busy cores. */
const READY_WITHIN = 120_000;
const GONE_WITHIN = 10_000;
const LOG = "output.log";
/** So many of its last lines are worth reading when it does not come up. */
const LOG_LINES = 20;

/** Starts what `prepare` makes of a fresh folder. When that fails, nothing is left behind. */
export async function startService(prepare: (folder: string) => Promise<Program>, user?: User): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-service-"));
  const keeper = keep(folder);
  let child: ChildProcess | undefined;
  const kill = async () => {
    await end(folder);
    // Until then its ports may not be free.
    await until("the service to be gone", () => !child || hasEnded(child), GONE_WITHIN);
  };
  const stop = async () => {
    await kill();
    await leave(folder);
    keeper.stdin?.end("done\n");
  };
  try {
    if (user) await chown(folder, user.uid, user.gid);
    const program = await prepare(folder);
    const start = async () => {
      child = await spawned(program, folder);
      await untilItServes(program, child, folder);
    };
    await start();
    return {
      url: program.url,
      get pid() {
        return child?.pid as number;
      },
      ...{ kill, start, stop },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A process that waits for our end, however it comes, and then leaves nothing of the service behind. */
function keep(folder: string): ChildProcess {
  const script = 'read -r done || exec "$0" "$1" "$2"';
  const words = [process.execPath, join(import.meta.dirname, "leave.ts"), folder];
  const keeper = spawn("/bin/sh", ["-c", script, ...words], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  keeper.unref();
  return keeper;
}

async function spawned({ command, args, env, user }: Program, folder: string): Promise<ChildProcess> {
  const output = openSync(join(folder, LOG), "a");
  const { PATH, LANG } = process.env;
  const own = { NODE_ENV: "test", PATH, LANG, HOME: folder, ...env, [FOLDER_OF_SERVICE]: folder } as const;
  const stdio = ["ignore", output, output] as StdioOptions;
  const child = spawn(command, args, { cwd: folder, env: own, ...user, stdio, detached: true });
  closeSync(output);
  await once(child, "spawn");
  return child;
}

async function untilItServes({ name, serves }: Program, child: ChildProcess, folder: string): Promise<void> {
  const look = () => {
    if (hasEnded(child)) throw new Error(`${name} ended before it served`);
    return serves().catch(() => undefined);
  };
  await until(`${name} to serve`, look, READY_WITHIN).catch(async (error: Error) => {
    await end(folder);
    throw new Error(`${error.message}\n${lastLines(join(folder, LOG))}`);
  });
  // Whoever forgets to stop it can end all the same.
  child.unref();
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

const lastLines = (log: string) => readFileSync(log, "utf8").trimEnd().split("\n").slice(-LOG_LINES).join("\n");
