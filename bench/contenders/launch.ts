import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Milliseconds to end after SIGTERM. */
const PATIENCE = 10_000;

/** A server's process, from its first line on the standard output on. */
export async function launch(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ pid: number; stop(): Promise<void> }> {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  const ended = once(child, "exit");
  const [first] = await Promise.race([once(child.stdout, "data"), ended.then(() => [])]);
  if (first === undefined) throw new Error(`${command} ${args.join(" ")} ended at once:\n${complaints}`);
  child.stdout.resume();
  return { pid: child.pid as number, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  await ended;
  clearTimeout(late);
}
