import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Complaint } from "./complaint.mjs";
import { locked } from "./lock.mjs";
import { lastLines, ROOT, run } from "./run.mjs";

const STAMP = join(ROOT, "node_modules", ".sarangbang-installed");

/** The Node that everything of ours runs on: pinned by the `node` package, whatever Node runs npm. */
export const NODE = join(ROOT, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** Makes node_modules what package-lock.json says, by `npm ci`; does nothing when it is so already. */
export async function install() {
  if (isInstalled()) return;
  await locked(async () => {
    if (isInstalled()) return;
    console.log("Installing packages (one to three minutes, and only when they have changed) …");
    const { code, output } = await npm(
      "ci",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    );
    if (code !== 0) throw new Complaint(`${lastLines(output)}\n\nnpm ci failed; what it said is above.`);
    if (!existsSync(NODE)) {
      throw new Complaint(
        "npm ci did not install the pinned Node: allow the install script of the package `node` and try again.",
      );
    }
    writeFileSync(STAMP, wanted());
  });
}

function isInstalled() {
  if (!existsSync(NODE)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted()) return true;
  if (!isWhatTheLockfileSays()) return false;
  writeFileSync(STAMP, wanted());
  return true;
}

const wanted = () =>
  createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");

/** Somebody may have run `npm ci` by hand, or copied node_modules: npm's own record of what lies there is asked before the network is. */
function isWhatTheLockfileSays() {
  const record = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const locked = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === "" || installed[path]?.version === version || (optional && !installed[path]),
  );
}

/** Runs npm by the program that started us where that is npm, so that npm never removes the Node it runs on. */
async function npm(...args) {
  const { npm_execpath: path = "", npm_node_execpath: node = process.execPath } = process.env;
  const isNpm = basename(path).startsWith("npm-cli");
  try {
    return isNpm ? await run(node, [path, ...args]) : await run("npm", args);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Complaint(
      "Sarangbang is installed by npm, and there is no npm on this machine: install Node together with npm.",
    );
  }
}
