import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { randomId } from "#lib/chat/ids.ts";
import { withSecret } from "#server/auth/secret.ts";
import { Complaint } from "#server/complaint.ts";
import { type Config, complained, database, prepareDataDir } from "#server/config.ts";
import { type Archive, openArchive } from "#server/store/archive/archive-file.ts";
import { explained, holdAlone, occupantOf, type Place } from "#server/store/archive/place.ts";
import { replace } from "#server/store/archive/replace.ts";
import { settingOf, withValues } from "#server/store/archive/transfer.ts";
import { LOST_CHANGES } from "#server/store/committed.ts";
import { confirm } from "./confirm.ts";
import { answer, type Flags } from "./output.ts";
import { watched } from "./watched.ts";

const RUNNING =
  "A server is running on this database: stop it first (all of them, where there are several), then restore.";

/** Puts a backup in the place of everything that is there. What was written after the backup is gone, so every client is told to start anew. */
export async function restore(config: Config, name: string, flags: Flags & { yes?: boolean }): Promise<void> {
  const place = database(config);
  if ("file" in place) await prepareDataDir(config.dataDir);
  await complained(
    run(config, place, resolve(name), flags).catch((error) => {
      throw error instanceof Complaint ? error : explained(error, place);
    }),
  );
}

async function run(config: Config, place: Place, file: string, flags: Flags & { yes?: boolean }): Promise<void> {
  const letGo = await holdAlone(place, RUNNING);
  try {
    // A name that nobody could have put something under.
    const scratch = join("file" in place ? config.dataDir : tmpdir(), `restore-${randomId()}.scratch`);
    const archive = await openArchive(file, scratch, {});
    try {
      await askBefore(place, archive, flags.yes);
      await fill(config, place, archive, file, flags);
    } finally {
      archive.close();
    }
  } finally {
    await letGo();
  }
}

async function askBefore(place: Place, { manifest }: Archive, yes: boolean | undefined): Promise<void> {
  const occupant = await occupantOf(place);
  if (!occupant || yes) return;
  const { name, people } = occupant;
  await confirm(
    `${name || "The place"} (${people} accounts) is replaced by the backup of ${manifest.made}, and what was written since is gone.`,
    "--yes",
  );
}

async function fill(config: Config, place: Place, archive: Archive, file: string, flags: Flags): Promise<void> {
  const now = Date.now();
  const secret = await settingOf(archive, "secret");
  const isFile = "file" in place;
  const epoch = randomId();
  // On PostgreSQL the secret lives among the settings, for all nodes; with SQLite it is a file.
  const rows = withValues(archive, {
    settings: { epoch, secret: isFile ? null : undefined },
    // A node that has not noticed passes on only what is numbered above all that it knows.
    counters: { changes: (former) => Number(former ?? 0) + LOST_CHANGES },
  });
  const work = () => watched(rows, (watch) => replace(place, rows, { ...watch, now }));
  const { sums, kept } =
    isFile && secret && !config.authSecret
      ? await withSecret({ dataDir: config.dataDir, secret, suffix: `before-${now}` }, work)
      : await work();
  const messages = sums.find(({ table }) => table === "messages")?.rows ?? 0;
  const words = `Restored from ${file}: ${messages.toLocaleString("en")} messages, as of ${archive.manifest.made}.`;
  const rest = kept ? `\nWhat was there before lies in ${kept}.` : "";
  answer(flags, { file, made: archive.manifest.made, epoch, kept, tables: sums }, words + rest);
}
