import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Milliseconds to end after SIGTERM. */
const PATIENCE = 10_000;

export interface Launched {
  pid: number;
  stop(): Promise<void>;
}

/** A server's process, from its first line on the standard output on. Whoever interrupts the bench leaves it not behind, nor what it has started itself. */
export async function launch(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Launched> {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const leave = () => killAtOnce(-(child.pid as number));
  process.once("exit", leave);
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  const ended = once(child, "exit").finally(() => process.off("exit", leave));
  const [first] = await Promise.race([once(child.stdout, "data"), ended.then(() => [])]);
  if (first === undefined) throw new Error(`${command} ${args.join(" ")} ended at once:\n${complaints}`);
  child.stdout.resume();
  return { pid: child.pid as number, stop: () => end(child) };
}

/** A process, or with a negative number its group, that may be gone already. */
export function killAtOnce(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill();
  const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  await ended;
  clearTimeout(late);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
