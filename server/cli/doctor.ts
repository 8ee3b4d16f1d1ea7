import { existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { Complaint } from "#server/complaint.ts";
import { type Config, database, databaseFile, loadEnvFile, readConfig } from "#server/config.ts";
import { examine } from "#server/store/doctor/examine.ts";
import type { Finding } from "#server/store/doctor/finding.ts";
import { answer, type Flags } from "./output.ts";

const MiB = 1024 * 1024;
/** Free space below which writing will soon fail; and a backup, or the write-ahead log of a busy hour, needs as much again as the database. */
const LEAST_FREE = 256 * MiB;

/** Looks at everything an operator can mend, and says how it is; exit code 1 when something is wrong. Changes nothing but that the broker may have its exchange or topic afterwards, and works beside a running server. */
export async function doctor(flags: Flags): Promise<void> {
  const findings: Finding[] = [];
  const config = readSettings(findings);
  if (config) {
    findings.push(...(await folderFindings(config)), ...(await examine(database(config))));
    if (config.brokerUrl) findings.push(await brokerFinding(config.brokerUrl));
  }
  const ok = findings.every((finding) => finding.ok);
  const lines = findings.map((finding) => `${finding.ok ? "ok   " : "WRONG"}  ${finding.says}`);
  const verdict = ok ? "Everything is as it should be." : "Something is wrong, see above.";
  answer(flags, { ok, findings }, [...lines, verdict].join("\n"));
  if (!ok) process.exitCode = 1;
}

function readSettings(findings: Finding[]): Config | undefined {
  const check = "settings";
  try {
    loadEnvFile();
    const config = readConfig(process.env);
    findings.push({ check, ok: true, says: "The settings can be read." });
    return config;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    findings.push({ check, ok: false, says: error.message });
    return undefined;
  }
}

async function folderFindings(config: Config): Promise<Finding[]> {
  const { dataDir, databaseUrl } = config;
  if (databaseUrl) return [];
  const check = "folder";
  if (!existsSync(dataDir))
    return [{ check, ok: true, says: `The data folder ${dataDir} is not there yet; the first start makes it.` }];
  return [rights(dataDir), ...secretFinding(config), await space(config)];
}

function rights(dataDir: string): Finding {
  const { mode, uid } = statSync(dataDir);
  const isOpen = (mode & 0o077) !== 0;
  const isForeign = process.getuid !== undefined && process.getuid() !== 0 && process.getuid() !== uid;
  const says = isOpen
    ? `Other users of this machine may look into the data folder: chmod 700 ${dataDir}.`
    : isForeign
      ? `The data folder ${dataDir} belongs to another user: start the server as that one.`
      : `The data folder ${dataDir} is its owner's alone.`;
  return { check: "folder", ok: !isOpen && !isForeign, says };
}

function secretFinding({ dataDir, authSecret }: Config): Finding[] {
  const path = join(dataDir, "secret");
  if (authSecret || !existsSync(path)) return [];
  const ok = (statSync(path).mode & 0o077) === 0;
  const says = ok
    ? "The session secret is its owner's alone."
    : `Other users may read the session secret: chmod 600 ${path}.`;
  return [{ check: "secret", ok, says }];
}

async function space(config: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(config.dataDir);
  const free = bavail * bsize;
  const file = databaseFile(config);
  const needed = Math.max(LEAST_FREE, existsSync(file) ? statSync(file).size : 0);
  const ok = free >= needed;
  const [left, wanted] = [free, needed].map((bytes) => Math.floor(bytes / MiB).toLocaleString("en"));
  const says = ok
    ? `${left} MiB are free on the disk.`
    : `Only ${left} MiB are free on the disk, and ${wanted} are wanted: make room.`;
  return { check: "disk", ok, says };
}

async function brokerFinding(url: URL): Promise<Finding> {
  const { brokerRoundTrip } = await import("#server/broker-round-trip.ts");
  const check = "broker";
  try {
    const found = await brokerRoundTrip(url);
    const at = `The broker at ${url.protocol}//${url.host}`;
    if ("took" in found) return { check, ok: true, says: `${at} carries hints, in ${found.took} ms.` };
    const says = `${at} carries nothing (${found.reason}): check that it runs and what BROKER_URL says.`;
    return { check, ok: false, says };
  } catch (error) {
    // A file that BROKER_URL names: said as it is to who starts a server.
    return { check, ok: false, says: (error as Error).message };
  }
}
