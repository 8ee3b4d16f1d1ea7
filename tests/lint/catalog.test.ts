import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { en } from "#lib/i18n/en.ts";

/** What speaks to people. Tests do not count: a sentence that only a test reads is read by nobody. */
const SPEAKING = ["app", "components", "lib", "server", "package.json", "tsconfig.json"];

/**
 * In a copy of the sources every branch of the catalog keeps nothing but its own name. The compiler then complains wherever an entry was
 * used, and names the branch.
 */
test("every sentence of the catalog is said somewhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "sarangbang-catalog-"));
  for (const path of SPEAKING) cpSync(path, join(folder, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  for (const [section, entries] of Object.entries(en)) {
    writeFileSync(join(folder, `lib/i18n/en/${section}.ts`), `export const ${section} = ${bare(entries, section)};\n`);
  }
  const tsc = resolve("node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["--noEmit", "--noErrorTruncation", "-p", "."], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(unsaid(stdout)).toEqual([]);
}, 60_000);

type Branch = { [entry: string]: unknown };

/** `{ __path: "chat.room" as const, … }`: the branches below it, and none of its sentences. */
function bare(branch: Branch, path: string): string {
  const below = Object.entries(branch).filter((entry): entry is [string, Branch] => typeof entry[1] === "object");
  const inside = below.map(([name, one]) => `${JSON.stringify(name)}: ${bare(one, `${path}.${name}`)}`);
  return `{ ${[`__path: ${JSON.stringify(path)} as const`, ...inside].join(", ")} }`;
}

function unsaid(complaints: string): string[] {
  const lines = complaints.split("\n").filter((line) => line !== "" && !/^lib\/i18n\/(en|ko)\b/.test(line));
  if (lines.length < 20) throw new Error(`The compiler says too little to go by:\n${complaints}`);
  const said = new Set<string>();
  for (const line of lines) {
    const branch = /\{[^{]*?__path: "([\w.-]+)"/.exec(line)?.[1];
    const entry = /Property '([^']+)' does not exist/.exec(line)?.[1];
    if (branch) said.add(entry === undefined ? `${branch}.*` : `${branch}.${entry}`);
  }
  return leaves(en, "").filter((leaf) => {
    const [, ...branches] = leaf.split(".").slice(0, -1);
    return !said.has(leaf) && !said.has(leaf.replace(/[^.]+$/, "*")) && !branches.some(isSaidWhole);
  });
}

/** Handed on as a whole, or asked by a name that is only known later: `words.kinds[kind]`, `optionsOf(words.expiries)`. */
function isSaidWhole(branch: string): boolean {
  return new RegExp(`\\b${branch}(\\[|\\))`).test(sources);
}

const sources = globSync("{app,components,server,lib}/**/*.{ts,tsx}")
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

function leaves(branch: Branch, path: string): string[] {
  return Object.entries(branch).flatMap(([name, one]) =>
    typeof one === "object" && one !== null ? leaves(one as Branch, `${path}${name}.`) : [`${path}${name}`],
  );
}
