import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The clone's folder: commands work wherever they are called from. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a program and resolves with its exit code and what it printed; with `show`, it prints straight to the terminal instead.
 * Rejects only when it cannot be started at all.
 */
export function run(program, args, { env = process.env, show = false, cwd = ROOT, echo } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
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
