import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Complaint } from "./complaint.mjs";
import { installPackages } from "./debian.mjs";
import { ROOT, run } from "./run.mjs";

const NAMES = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "chrome.exe"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  join(process.env.PROGRAMFILES ?? "", "Google/Chrome/Application/chrome.exe"),
];
const FONTS = {
  "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
  "fonts-noto-color-emoji": "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
};

/** Prints the Chromium that the browser tests would use, for a Playwright that was started by hand. */
export async function main() {
  const found = await find();
  if (!found) throw new Complaint("There is no Chromium on this machine; `npm test` installs one.");
  process.stdout.write(found);
}

/** A Chromium that starts: Playwright's own, the system's, a fresh download of Playwright's, or Debian's package. */
export async function chromium() {
  await installFonts();
  const found = (await find()) ?? (await download()) ?? (await fromDebian());
  if (found) return found;
  throw new Complaint(
    "The browser tests need Chrome or Chromium, and none could be found or installed: install one and try again.",
  );
}

async function find() {
  const candidates = [await ofPlaywright(), ...inPath(), ...APPLICATIONS];
  for (const candidate of candidates) if (await starts(candidate)) return candidate;
}

async function ofPlaywright() {
  const entry = pathToFileURL(join(ROOT, "node_modules/@playwright/test/index.mjs"));
  const playwright = await import(entry.href);
  return playwright.chromium.executablePath();
}

function inPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** A browser that lies there may still lack the system's libraries. */
async function starts(program) {
  if (!program || !existsSync(program)) return false;
  const { code } = await run(program, ["--version"]).catch(() => ({ code: 1 }));
  return code === 0;
}

async function download() {
  console.log("Downloading Chromium …");
  const args = [join(ROOT, "node_modules/@playwright/test/cli.js"), "install", "chromium"];
  const { code } = await run(process.execPath, args, { timeout: 300_000 });
  const program = code === 0 ? await ofPlaywright() : undefined;
  return (await starts(program)) ? program : undefined;
}

async function fromDebian() {
  if (!(await installPackages(["chromium"]))) return undefined;
  return find();
}

/** Without them Korean and emoji are empty boxes in the screenshots. */
async function installFonts() {
  const missing = Object.keys(FONTS).filter((name) => !existsSync(FONTS[name]));
  if (missing.length > 0) await installPackages(missing);
}
