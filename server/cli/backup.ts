import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { knownSecret } from "#server/auth/secret.ts";
import { Complaint } from "#server/complaint.ts";
import { type Config, complained, database, databaseFile } from "#server/config.ts";
import { writeArchive } from "#server/store/archive/archive-file.ts";
import { explained, openRows } from "#server/store/archive/place.ts";
import { withValues } from "#server/store/archive/transfer.ts";
import { answer, type Flags } from "./output.ts";
import { watched } from "./watched.ts";

/** Writes one file with everything of this moment in it, the session secret too: whoever restores it elsewhere signs nobody out. */
export async function backup(config: Config, name: string, flags: Flags & { overwrite?: boolean }): Promise<void> {
  const file = resolve(name);
  refuseOccupied(file, config, flags);
  const place = database(config);
  const secret = "file" in place && !config.authSecret ? await complained(knownSecret(config.dataDir)) : undefined;
  const source = await complained(
    openRows(place).catch((error) => {
      throw explained(error, place);
    }),
  );
  try {
    const rows = withValues(source, { settings: { secret } });
    const from = "url" in place ? "postgres" : "sqlite";
    const facts = { version: config.version, made: new Date().toISOString(), from } as const;
    const { tables } = await complained(watched(rows, (watch) => writeArchive(rows, file, facts, watch)));
    const { size } = await stat(file);
    const messages = tables.find(({ table }) => table === "messages")?.rows ?? 0;
    const sums = tables.map(({ table, rows: count, sha256 }) => ({ table, rows: count, sha256 }));
    answer(
      flags,
      { file, ...facts, bytes: size, tables: sums },
      `${file} holds everything: ${messages.toLocaleString("en")} messages, ${Math.ceil(size / 1024).toLocaleString("en")} KiB.\nWhoever has it can read all of it and sign in as anybody: keep it as you keep the data folder.`,
    );
  } finally {
    await source.close();
  }
}

function refuseOccupied(file: string, config: Config, { overwrite }: { overwrite?: boolean }): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (!there) return;
  const own = statSync(databaseFile(config), { throwIfNoEntry: false });
  if (own?.ino === there.ino && own.dev === there.dev)
    throw new Complaint(`${file} is the database itself: choose another name.`);
  // A device would be replaced by the backup like anything else.
  if (!there.isFile()) throw new Complaint(`${file} is there already and no file: choose another name.`);
  if (!overwrite) throw new Complaint(`${file} is there already: choose another name, or say --overwrite.`);
}
