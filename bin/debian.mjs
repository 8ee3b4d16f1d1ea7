import { existsSync } from "node:fs";
import { lastLines, run } from "./run.mjs";

/** Milliseconds for each of the two steps: a package source that does not answer must not keep everybody waiting. */
const PATIENCE = 300_000;

/** Installs Debian's packages, where we may; resolves with whether that went well. */
export async function installPackages(names) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.log(`Installing ${names.join(" and ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { env, timeout: PATIENCE });
  const args = ["install", "-qy", "--no-install-recommends", ...names];
  const { code, output } = await run("apt-get", args, { env, timeout: PATIENCE });
  if (code !== 0) console.log(lastLines(output, 5));
  return code === 0;
}
