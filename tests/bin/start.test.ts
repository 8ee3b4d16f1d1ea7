import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";

/** A folder with the real bin/ and the smallest everything else: a `next build` and a server that tell what became of them. */
let folder: string;
const started: ChildProcess[] = [];

const FILES = {
  "package.json": `{ "type": "module" }`,
  "package-lock.json": `{ "packages": {} }`,
  "app/page.tsx": "one",
  "node_modules/next/dist/bin/next": `
    import { appendFileSync, mkdirSync } from "node:fs";
    mkdirSync(".next", { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    appendFileSync("builds", "built ");`,
  "server/main.ts": `
    const stay = setInterval(() => {}, 1000);
    process.on("SIGTERM", () => { console.log("asked to end"); clearInterval(stay); process.exitCode = 7; });
    console.log("serving", process.argv.slice(2).join(" "));`,
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sarangbang-start-"));
  cpSync("bin", join(folder, "bin"), { recursive: true });
  for (const [path, content] of Object.entries(FILES)) write(path, content);
  mkdirSync(join(folder, "node_modules/node/bin"), { recursive: true });
  symlinkSync(process.execPath, join(folder, "node_modules/node/bin/node"));
  const lock = createHash("sha256").update(FILES["package-lock.json"]).digest("hex");
  write("node_modules/.sarangbang-installed", lock);
});

afterEach(async () => {
  for (const child of started.splice(0)) endGroup(child);
  rmSync(folder, { recursive: true, force: true });
});

test("the second start builds nothing; a changed page makes the third one build", async () => {
  for (const expected of ["built ", "built ", "built built "]) {
    if (expected === "built built ") write("app/page.tsx", "two");
    const start = run("start");
    await start.prints("serving");
    expect(read("builds")).toBe(expected);
    expect(await start.end("SIGTERM")).toBe(7);
  }
});

test("two starts at once build once", async () => {
  const both = [run("start"), run("start")];
  await Promise.all(both.map((start) => start.prints("serving")));
  expect(read("builds")).toBe("built ");
});

test("a lock left behind by a start that was killed is taken over", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => gone.once("exit", resolve));
  const { hostname } = await import("node:os");
  write(".preparing", JSON.stringify({ pid: gone.pid, host: hostname() }));
  const start = run("start");
  await start.prints("serving");
  expect(existsSync(join(folder, ".preparing"))).toBe(false);
});

test("SIGTERM reaches the server, and its exit code comes back", async () => {
  const start = run("start");
  await start.prints("serving");
  expect(await start.end("SIGTERM")).toBe(7);
  expect(start.output()).toContain("asked to end");
});

test("npm run dev starts the same server without a build", async () => {
  const start = run("start", "--dev");
  await start.prints("serving --dev");
  expect(existsSync(join(folder, "builds"))).toBe(false);
});

test("a Node before 18 is named in one sentence", async () => {
  write("old.cjs", `Object.defineProperty(process.versions, "node", { value: "16.20.2" });`);
  const start = launch(["--require", "./old.cjs", "bin/enter.cjs", "start"], process.env);
  expect(await start.ended).toBe(1);
  expect(start.output().trim().split("\n")).toEqual([
    "Sarangbang needs Node 18 or newer to start (it brings its own Node 24 along), and this is 16.20.2.",
  ]);
});

test("a machine without npm is told so in one sentence", async () => {
  rmSync(join(folder, "node_modules"), { recursive: true });
  const start = launch(["bin/enter.cjs", "start"], { PATH: "/nowhere", NODE_ENV: "test" });
  expect(await start.ended).toBe(1);
  expect(start.output()).toContain("there is no npm on this machine");
  expect(start.output()).not.toMatch(/^\s+at /m);
});

test("a build that fails shows what it said, in the end one sentence, and exit code 1", async () => {
  write("node_modules/next/dist/bin/next", `console.error("page.tsx: no such thing"); process.exit(1);`);
  const start = run("start");
  expect(await start.ended).toBe(1);
  expect(start.output()).toMatch(/page\.tsx: no such thing\n\nnext build failed; what it said is above\.\n$/);
});

function endGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-(pid as number), "SIGKILL");
  } catch (error) {
    // All of it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const read = (path: string) => readFileSync(join(folder, path), "utf8");

const run = (...words: string[]) => launch(["bin/enter.cjs", ...words], process.env);

function launch(args: string[], env: NodeJS.ProcessEnv) {
  // A group of its own, so that the server goes with it even where the test ends in the middle.
  const child = spawn(process.execPath, args, { cwd: folder, env, detached: true });
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    ended,
    output: () => output,
    prints: (words: string) => until(`${words} in\n${output}`, () => output.includes(words), 10_000),
    end: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    },
  };
}
