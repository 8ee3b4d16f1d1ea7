import { execFileSync } from "node:child_process";
import { statSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder whose disk can be full. */
export interface SmallDisk {
  folder: string;
  /** Not another byte, for the process that keeps its data there. */
  fill(pid: number): void;
  /** There is room again. */
  clear(pid: number): void;
  remove(): Promise<void>;
}

const SIZE = "16m";

/** A disk of 16 MB in memory, where we may mount one; otherwise a limit of the system on how long the process's files may become, at which writing fails, too. */
export async function smallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-disk-"));
  if (process.getuid?.() !== 0) return limited(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder]);
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: () => {
      writeFileSync(ballast, "");
      untilFull((size) => writeFileSync(ballast, Buffer.alloc(size), { flag: "a" }));
    },
    clear: () => truncateSync(ballast, 0),
    remove: async () => {
      execFileSync("umount", [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

/** First in large pieces, then byte by byte of what is left. */
function untilFull(write: (size: number) => void): void {
  for (let size = 1024 * 1024; size >= 1; size /= 4) {
    try {
      for (;;) write(size);
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOSPC") throw error;
    }
  }
}

function limited(folder: string): SmallDisk {
  const limit = (pid: number, size: string) => execFileSync("prlimit", ["--pid", String(pid), `--fsize=${size}:`]);
  return {
    folder,
    fill: (pid) => limit(pid, String(statSync(join(folder, "sarangbang.db-wal")).size)),
    clear: (pid) => limit(pid, "unlimited"),
    remove: () => rm(folder, { recursive: true }),
  };
}
