import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "./complaint.mjs";
import { ROOT } from "./run.mjs";

const FILE = join(ROOT, "package-lock.json");
const EXACT = /^\d+\.\d+\.\d+(?:[-+].*)?$/;
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const OTHER_NAMES = { windows: "win32", armv7: "arm", gnueabihf: "arm", eabi: "arm", riscv64gc: "riscv64" };

/**
 * npm writes only this machine's binary packages into a lock file made beside a node_modules, and `npm ci` on another system then installs none;
 * and it leaves out binaries that ask for a newer Node than the one that runs npm, although ours will run them. This adds the ones and frees the
 * others of that wish; with `--check` it complains instead.
 */
export function main(words) {
  const lock = JSON.parse(readFileSync(FILE, "utf8"));
  const missing = missingBinaries(lock.packages);
  const choosy = Object.values(lock.packages).filter(({ optional, engines }) => optional && engines);
  if (words.includes("--check")) {
    if (missing.length + choosy.length === 0) return;
    throw new Complaint(
      `package-lock.json lacks ${missing.length} binary packages, and ${choosy.length} wish for a Node of their own.`,
    );
  }
  for (const binary of choosy) delete binary.engines;
  const all = { ...lock.packages, ...Object.fromEntries(missing) };
  lock.packages = Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} packages added, ${choosy.length} freed`);
}

/** Optional dependencies with an exact version that have no entry of that version: [path, entry]. */
function missingBinaries(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies).flatMap(([name, version]) => {
      const own = `${path}/node_modules/${name}`;
      const shared = `node_modules/${name}`;
      const found = packages[own] ?? packages[shared];
      if (!EXACT.test(version) || found?.version === version) return [];
      return [[found ? own : shared, { version, ...platformOf(name), ...(dev && { dev }), optional: true }]];
    }),
  );
}

/** Read from the name: @esbuild/linux-arm64, @next/swc-darwin-x64, @tailwindcss/oxide-linux-x64-musl. */
function platformOf(name) {
  const words = name.split(/[/@-]/).map((word) => OTHER_NAMES[word] ?? word);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.includes("universal") ? undefined : words.find((word) => PROCESSORS.includes(word));
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) };
}
