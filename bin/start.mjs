import { spawn } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install, NODE } from "./install.mjs";
import { ROOT } from "./run.mjs";

/**
 * A young generation of 8 MB: V8's own grows to 32 and is never given back, which leaves 8 kB more behind of each of ten thousand connections that came at
 * once. bin/sarangbang and the tests' servers have it, too.
 */
const FLAGS = ["--max-semi-space-size=8"];

/** `npm start`, and with `--dev` `npm run dev`: prepares what is missing, then becomes the server. */
export async function main(words) {
  await install();
  if (!words.includes("--dev")) await build();
  // What was compiled once starts a third faster.
  const env = { NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/compiled"), ...process.env };
  const server = spawn(NODE, [...FLAGS, "server/main.ts", ...words], { cwd: ROOT, env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => forward(server, signal));
  server.on("exit", (code, signal) => endLike(code, signal));
}

/** Ctrl+C in a terminal goes to every process in front of it, the server included: a second one would tell it not to wait. */
function forward(server, signal) {
  if (signal !== "SIGINT" || !process.stdin.isTTY) server.kill(signal);
}

/** Ends as the server ended, so that whoever started us learns the truth. */
function endLike(code, signal) {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
