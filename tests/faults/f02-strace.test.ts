import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { openScene, type Scene, verdict } from "./scene.ts";

const MESSAGES = 200;
/** A page of the database is printed whole. */
const LONGEST = 20_000;
const CALLS = "trace=fdatasync,fsync,pwrite64,write,writev";

let scene: Scene;
let folder: string;
beforeAll(async () => {
  scene = await openScene();
  folder = await mkdtemp(join(tmpdir(), "sarangbang-strace-"));
});
afterAll(async () => {
  await scene?.end();
  await rm(folder, { recursive: true });
});

test("F2 the log with 미나's message has been told to be on the disk before her RECEIPT is written, always", async () => {
  const { mina, enter, rows } = scene;
  const talkers = [enter(mina, { window: 1 }), enter(mina, { window: 16 })];
  await until("her connections", () => talkers.every(({ online }) => online));
  const calls = await traced(scene.server.pid, async () => {
    for (let said = 0; said < MESSAGES; said++) for (const talker of talkers) talker.post(`${said}번째 말`);
    expect(await verdict(rows, talkers)).toEqual([]);
  });
  const receipts = talkers.flatMap(({ journal }) => journal.receipts());
  expect(receipts).toHaveLength(2 * MESSAGES);
  expect(receipts.map(({ clientId }) => order(calls, clientId)).filter((wrong) => wrong)).toEqual([]);
});

/** What the threads of a process asked of the system meanwhile, one call a line; a call that took a while has a second line where it came back. */
async function traced(pid: number, meanwhile: () => Promise<void>): Promise<string[]> {
  const file = join(folder, "calls");
  const args = ["-f", "-y", "-s", String(LONGEST), "-e", CALLS, "-o", file, "-p", String(pid)];
  const strace = spawn("strace", args, { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  strace.stderr.on("data", (text) => {
    told += text;
  });
  await until("strace to have found every thread", () => told.includes("attached"), 10_000);
  try {
    await meanwhile();
  } finally {
    strace.kill("SIGINT");
    await once(strace, "exit");
  }
  return (await readFile(file, "utf8")).split("\n");
}

/** What is wrong with the order: into the log, on the disk, RECEIPT. */
function order(calls: string[], clientId: string): string | undefined {
  const logged = calls.findIndex((call) => /pwrite64\(\d+<[^>]*-wal>/.test(call) && call.includes(clientId));
  if (logged < 0) return `${clientId} was never written to the log`;
  const receipted = calls.findIndex((call) => /writev?\(/.test(call) && call.includes(`receipt-id:${clientId}`));
  if (receipted < 0) return `${clientId} has no RECEIPT`;
  const synced = endOfSync(calls, logged);
  return synced < receipted ? undefined : `${clientId}: logged ${logged}, on the disk ${synced}, RECEIPT ${receipted}`;
}

/** The line on which the first fdatasync (or fsync) of the log that began after `from` came back. */
function endOfSync(calls: string[], from: number): number {
  const began = calls.findIndex((call, index) => index > from && /f(data)?sync\(\d+<[^>]*-wal>/.test(call));
  const call = calls[began];
  if (call === undefined) return Number.POSITIVE_INFINITY;
  if (!call.includes("<unfinished")) return began;
  const thread = call.split(" ")[0];
  return calls.findIndex(
    (later, index) => index > began && later.startsWith(`${thread} `) && /sync resumed/.test(later),
  );
}
