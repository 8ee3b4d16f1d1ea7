import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder, and what to put before a command so that its writing there fails somewhere in the middle. */
export interface SmallDisk {
  /** In words. */
  what: string;
  folder: string;
  before: string[];
  remove(): Promise<void>;
}

/** Where we may mount: disks with so many KiB, and disks with so many files. Otherwise limits of the system on how long a file may become. */
export async function smallDisk(limit: { kib: number } | { files: number }): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "sarangbang-small-"));
  const what = "kib" in limit ? `a disk of ${limit.kib} KiB` : `a disk for ${limit.files} files`;
  if (!mayMount) return { what, folder, before: bounded(limit), remove: () => rm(folder, { recursive: true }) };
  const size = "kib" in limit ? `size=${limit.kib}k` : `size=64m,nr_inodes=${limit.files}`;
  execFileSync("mount", ["-t", "tmpfs", "-o", `${size},mode=700`, "tmpfs", folder]);
  return {
    ...{ what, folder, before: [] },
    async remove() {
      execFileSync("umount", [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

export const mayMount = process.getuid?.() === 0;

const bounded = (limit: { kib: number } | { files: number }) =>
  "kib" in limit ? ["prlimit", `--fsize=${limit.kib * 1024}:`] : [];
