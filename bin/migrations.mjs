import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Complaint } from "./complaint.mjs";
import { install, NODE } from "./install.mjs";
import { lastLines, ROOT, run } from "./run.mjs";

const CONFIGS = ["drizzle.config.ts", "drizzle-postgres.config.ts"];
const READ = ["node_modules", "server", "lib", "package.json", "tsconfig.json", ...CONFIGS];

/** `npm run db:generate`: the migration that a changed schema needs, in both dialects. With `--check`, complains when one is missing. */
export async function main(words) {
  await install();
  if (words.includes("--check")) return check();
  for (const config of CONFIGS) process.stdout.write(await generate(config, ROOT));
}

/** Generates into a copy of drizzle/, which must come out as it went in. */
async function check() {
  const copy = mkdtempSync(join(tmpdir(), "sarangbang-migrations-"));
  try {
    for (const name of READ) symlinkSync(join(ROOT, name), join(copy, name));
    cpSync(join(ROOT, "drizzle"), join(copy, "drizzle"), { recursive: true });
    for (const config of CONFIGS) await generate(config, copy);
    const differing = difference(contents(join(ROOT, "drizzle")), contents(join(copy, "drizzle")));
    if (differing.length === 0) return;
    throw new Complaint(`The schema and drizzle/ differ (npm run db:generate mends it): ${differing.join(", ")}`);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function generate(config, cwd) {
  const kit = join(ROOT, "node_modules/drizzle-kit/bin.cjs");
  const { code, output } = await run(NODE, [kit, "generate", "--config", config], { cwd });
  if (code !== 0) throw new Complaint(`${lastLines(output)}\n\ndrizzle-kit generate failed for ${config}.`);
  return output;
}

function contents(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function difference(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
