import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import type { Patient } from "./examine.ts";
import type { Finding } from "./finding.ts";

const check = "writes";

/** Whether PostgreSQL would let a server write, which it tells whoever only reads. */
export async function postgresTakesWrites(patient: Patient): Promise<Finding> {
  const [isStandby] = await patient.ask("select pg_is_in_recovery()");
  if (isStandby)
    return {
      ...{ check, ok: false },
      says: "PostgreSQL takes no writes, because it is a standby: name the primary in DATABASE_URL, or promote this one.",
    };
  const [readOnly] = await patient.ask("select current_setting('default_transaction_read_only')");
  if (readOnly === "off") return { check, ok: true, says: "PostgreSQL takes writes." };
  return {
    ...{ check, ok: false },
    says: "PostgreSQL takes no writes, because default_transaction_read_only is on: turn it off, and make room on its disk first where that is why.",
  };
}

/** Whether this user may write the file and what SQLite puts beside it. */
export async function fileTakesWrites(file: string): Promise<Finding> {
  for (const path of [file, `${file}-wal`, `${file}-shm`, dirname(file)]) {
    const reason = await access(path, constants.W_OK).then(
      () => undefined,
      ({ code }) => REASONS[code],
    );
    if (reason) return { check, ok: false, says: `${path} cannot be written, because ${reason}.` };
  }
  return { check, ok: true, says: "The database can be written." };
}

// What is not there is no obstacle.
const REASONS: Record<string, string> = {
  EROFS: "its file system is mounted only to be read: mount it to be written, after looking at why",
  EACCES: "this user may not: start as the user whom it belongs to, or mend its rights",
  EPERM: "it is marked as not to be changed: take that away with chattr -i",
};
