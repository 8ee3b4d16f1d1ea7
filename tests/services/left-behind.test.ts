import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Program, startService } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";

let notes: string;
beforeAll(async () => {
  notes = await mkdtemp(join(tmpdir(), "sarangbang-notes-"));
});
afterAll(() => rm(notes, { recursive: true }));

const sh = (script: string, serves: Program["serves"]): Program => ({
  ...{ name: "Sh", url: "sh:", command: "/bin/sh", args: ["-c", script] },
  serves,
});

test("a service that ends while it comes up is not waited for: the error has what it said, and its folder is gone", async () => {
  let folder = "";
  const started = startService(async (given) => {
    folder = given;
    return sh("echo the port is taken >&2; exit 1", () => Promise.reject(new Error("not yet")));
  });
  await expect(started).rejects.toThrow("Sh ended before it served\nthe port is taken");
  expect(existsSync(folder)).toBe(false);
});

test("what was not prepared leaves no folder", async () => {
  let folder = "";
  const started = startService((given) => {
    folder = given;
    throw new Error("Sh is not installed");
  });
  await expect(started).rejects.toThrow("Sh is not installed");
  expect(existsSync(folder)).toBe(false);
});

test("whoever kills the tests in the midst of it leaves neither the service nor what it has let go, nor its folder", async () => {
  const note = join(notes, "killed");
  const code = `import { startService } from "#tests/support/services/service.ts";
    const script = 'cd /; setsid sleep 1000 & echo "$$ $! $HOME" > ${note}; wait';
    const program = { name: "Sh", url: "sh:", command: "/bin/sh", args: ["-c", script] };
    await startService(async () => ({ ...program, serves: () => Promise.resolve(process.argv.length > 5) }));`;
  const tests = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], { stdio: "inherit" });
  const [shell, sleeper, folder] = await until("the service to start", () => noted(note), 30_000);
  expect(existsSync(`/proc/${sleeper}`) && existsSync(folder)).toBe(true);
  tests.kill("SIGKILL");
  await once(tests, "exit");
  const isThere = () => [`/proc/${shell}`, `/proc/${sleeper}`, folder].filter((path) => existsSync(path));
  await until("all of it to be gone", () => isThere().length === 0, 20_000);
});

test("tests that end without a word have stopped their services all the same", async () => {
  const note = join(notes, "forgotten");
  const code = `import { startService } from "#tests/support/services/service.ts";
    const script = 'echo "$$ $$ $HOME" > ${note}; exec sleep 1000';
    const program = { name: "Sh", url: "sh:", command: "/bin/sh", args: ["-c", script] };
    await startService(async () => ({ ...program, serves: () => Promise.resolve(true) }));`;
  const tests = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], { stdio: "inherit" });
  const [ended] = await once(tests, "exit");
  expect(ended).toBe(0);
  const [shell, , folder] = await until("the service to have started", () => noted(note));
  await until("all of it to be gone", () => !existsSync(`/proc/${shell}`) && !existsSync(folder), 20_000);
});

async function noted(note: string): Promise<[string, string, string] | undefined> {
  const words = (await readFile(note, "utf8").catch(() => "")).trim().split(" ");
  return words.length === 3 ? (words as [string, string, string]) : undefined;
}
