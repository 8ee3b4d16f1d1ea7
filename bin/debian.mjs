import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { lastLines, run } from "./run.mjs";

/** Milliseconds for each of the two steps: a package source that does not answer must not keep everybody waiting. */
const PATIENCE = 300_000;
/** Asked by Debian's packages before they start what they bring along. */
const POLICY = "/usr/sbin/policy-rc.d";
const CLUSTERS = "/etc/postgresql-common/createcluster.conf";

/** Installs Debian's packages, where we may; resolves with whether that went well. */
export async function installPackages(names) {
  if (!mayInstall()) return false;
  console.log(`Installing ${names.join(" and ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { env, timeout: PATIENCE });
  const args = ["install", "-qy", "--no-install-recommends", ...names];
  const { code, output } = await run("apt-get", args, { env, timeout: PATIENCE });
  if (code !== 0) console.log(lastLines(output, 5));
  return code === 0;
}

/** Installs packages of servers for their programs alone: none starts by itself, neither now nor with the machine, and PostgreSQL makes no cluster. */
export async function installServers(names) {
  if (!mayInstall()) return;
  const isNew = !existsSync(POLICY);
  if (isNew) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    if (names.includes("postgresql")) await installPostgres();
    await installPackages(names);
    for (const name of names) if (existsSync(`/etc/init.d/${name}`)) await run("update-rc.d", [name, "disable"]);
  } finally {
    if (isNew) rmSync(POLICY);
  }
}

/** Whether there is to be a cluster stands in a file of the package that it depends on. */
async function installPostgres() {
  if (!(await installPackages(["postgresql-common"]))) return;
  const before = readFileSync(CLUSTERS, "utf8");
  writeFileSync(CLUSTERS, before.replace(/^#?\s*create_main_cluster\b.*$/m, "create_main_cluster = false"));
  try {
    await installPackages(["postgresql"]);
  } finally {
    writeFileSync(CLUSTERS, before);
  }
}

const mayInstall = () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
