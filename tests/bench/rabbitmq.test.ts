import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { rabbitmqAt } from "#bench/contenders/rabbitmq.ts";
import { until } from "#tests/support/until.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** What Debian's script does as far as the bench looks: a line, and then this. `note` has its process and its folder. */
async function script(...lines: string[]): Promise<{ path: string; note: string }> {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-script-"));
  folders.push(folder);
  const [path, note] = [join(folder, "rabbitmq-server"), join(folder, "note")];
  const all = ["#!/bin/sh", `echo "$$ $HOME" > ${note}`, "echo starting", ...lines];
  await writeFile(path, all.join("\n"), { mode: 0o755 });
  return { path, note };
}

async function noted(note: string): Promise<{ pid: number; folder: string }> {
  const [pid = "", folder = ""] = (await readFile(note, "utf8")).trim().split(" ");
  return { pid: Number(pid), folder };
}

test("a node that ends while it comes up is not waited for: its log says why, and its folder is gone", async () => {
  const { path, note } = await script(
    'mkdir -p "$RABBITMQ_LOG_BASE"',
    'grep stomp.listeners "$RABBITMQ_CONFIG_FILE.conf" > "$RABBITMQ_LOG_BASE/a.log"',
    'echo "the port is taken" >> "$RABBITMQ_LOG_BASE/a.log"',
    "echo in vain >&2",
    "exit 1",
  );
  await expect(rabbitmqAt(path).start({ rooms: 1 })).rejects.toThrow(
    "RabbitMQ ended before it listened\nin vain\n\nstomp.listeners.tcp = none\nthe port is taken",
  );
  expect(existsSync((await noted(note)).folder)).toBe(false);
});

test("whoever interrupts the bench while a node comes up leaves neither the node nor its folder", async () => {
  const { path, note } = await script('mkdir -p "$RABBITMQ_LOG_BASE"', "while :; do sleep 1; done");
  const code = `import { rabbitmqAt } from "#bench/contenders/rabbitmq.ts";
    process.once("SIGTERM", () => process.exit(1));
    await rabbitmqAt(${JSON.stringify(path)}).start({ rooms: 1 });`;
  const bench = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], { stdio: "inherit" });
  const node = await until("the node to start", () => noted(note).catch(() => undefined), 30_000);
  await until("its folder to be used", () => existsSync(join(node.folder, "log")));
  bench.kill("SIGTERM");
  await once(bench, "exit");
  expect(existsSync(node.folder)).toBe(false);
  await until("the node to be gone", () => !existsSync(`/proc/${node.pid}`));
});
