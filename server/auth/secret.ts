import { randomBytes } from "node:crypto";
import { copyFile, link, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The 32-byte secret of a data folder, as hex: made at the first start, readable by its owner alone (0600). */
export async function readSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, "secret");
  return (await existing(path)) ?? (await create(path));
}

/** As it is made at the first start. */
export const newSecret = () => randomBytes(32).toString("hex");

/** As `readSecret`, but makes none. */
export const knownSecret = (dataDir: string) => existing(join(dataDir, "secret"));

/**
 * Puts a secret that comes with a database into its folder, once `work` has put the database there, and leaves nothing where that fails. Whatever needs room on
 * the disk is done before. Another secret that was there stays beside it, under `suffix`.
 */
export async function withSecret<Result>(
  { dataDir, secret, suffix }: { dataDir: string; secret: string; suffix: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const path = join(dataDir, "secret");
  const former = await readFile(path, "utf8").catch(() => undefined);
  if (former?.trim() === secret) return await work();
  const [draft, kept] = [`${path}.${process.pid}`, `${path}.${suffix}`];
  try {
    await writeFile(draft, `${secret}\n`, { mode: 0o600 });
    // A copy, so that there is a secret at every moment: without one the next start would make another.
    if (former !== undefined) await copyFile(path, kept);
    const result = await work();
    await rename(draft, path);
    return result;
  } catch (error) {
    for (const left of [draft, kept]) await unlink(left).catch(() => {});
    throw error;
  }
}

async function existing(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  if (/^[0-9a-f]{64}$/.test(text.trim())) return text.trim();
  throw new Error(
    `${path} is damaged: it must hold 64 hexadecimal digits. Put it back from a backup, or remove it, which signs everybody out`,
  );
}

// Written aside and linked into place: two processes that start at once agree on one secret, and none reads half of it.
async function create(path: string): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, `${newSecret()}\n`, { mode: 0o600, flag: "wx" });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await unlink(draft);
  return (await existing(path)) as string;
}
