import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "./complaint.mjs";
import { install, NODE } from "./install.mjs";
import { locked } from "./lock.mjs";
import { lastLines, ROOT, run } from "./run.mjs";

/** Everything that `next build` reads: of server/ it bundles only the door. */
const SOURCES = [
  ...["app", "components", "lib", "public", "server/runtime.ts", "proxy.ts"],
  ...["next.config.ts", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
];
const STAMP = join(ROOT, ".next", "sarangbang-built");

/** `npm run build`. */
export async function main() {
  await install();
  await build();
}

/** Builds the pages for production; does nothing when what lies in .next was made from these very sources. */
export async function build() {
  if (isBuilt()) return;
  await locked(async () => {
    if (isBuilt()) return;
    console.log("Building the pages (only when they have changed) …");
    const made = fingerprint();
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const { code, output } = await run(NODE, ["node_modules/next/dist/bin/next", "build"], { env });
    if (code !== 0) throw new Complaint(`${lastLines(output, 60)}\n\nnext build failed; what it said is above.`);
    writeFileSync(STAMP, made);
  });
}

const isBuilt = () => existsSync(STAMP) && readFileSync(STAMP, "utf8") === fingerprint();

/** A hash over names and contents: times say nothing after a checkout. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const source of SOURCES) add(hash, source);
  return hash.digest("hex");
}

function add(hash, path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) add(hash, `${path}/${name}`);
    return;
  }
  const content = readFileSync(full);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
