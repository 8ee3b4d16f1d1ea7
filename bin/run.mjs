import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The clone's folder: commands work wherever they are called from. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a program and resolves with its exit code and what it printed, which `echo` gets as it comes.
 * Rejects only when it cannot be started at all. `timeout` in ms.
 */
export function run(program, args, { env = process.env, cwd = ROOT, echo, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, timeout, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        echo?.write(text);
      });
    }
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

/** The end of a long output, where programs say what went wrong. */
export function lastLines(output, count = 30) {
  return output.trimEnd().split("\n").slice(-count).join("\n");
}
