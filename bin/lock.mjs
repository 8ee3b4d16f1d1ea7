import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { ROOT } from "./run.mjs";

const LOCK = join(ROOT, ".preparing");
const BEAT = 2_000;
/** A holder that has not touched its lock for this long is gone, wherever it ran. */
const STALE_AFTER = 30_000;

/** Runs `work` while no other process prepares this folder: two starts at once install and build only once. */
export async function locked(work) {
  await take();
  const beat = setInterval(touch, BEAT);
  const release = () => rmSync(LOCK, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function touch() {
  if (existsSync(LOCK)) utimesSync(LOCK, new Date(), new Date());
}

async function take() {
  for (let told = false; ; ) {
    try {
      return writeFileSync(LOCK, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (removeIfStale()) continue;
    if (!told) console.log("Another start is preparing this folder; waiting for it …");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function removeIfStale() {
  try {
    const seen = readFileSync(LOCK, "utf8");
    if (isAlive(seen) && Date.now() - statSync(LOCK).mtimeMs < STALE_AFTER) return false;
    // Renamed first: whoever renames it owns it, so that nobody removes the lock a third process has just taken.
    const aside = `${LOCK}-${process.pid}`;
    renameSync(LOCK, aside);
    if (readFileSync(aside, "utf8") === seen) rmSync(aside);
    else renameSync(aside, LOCK);
    return true;
  } catch (error) {
    if (error.code === "ENOENT") return true;
    throw error;
  }
}

function isAlive(lock) {
  try {
    const { pid, host } = JSON.parse(lock);
    if (host === hostname()) process.kill(pid, 0);
    return true;
  } catch (error) {
    // Half-written locks and other people's processes count as alive; the age decides about them.
    return error.code !== "ESRCH";
  }
}
