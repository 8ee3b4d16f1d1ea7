import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { knownSecret, withSecret } from "#server/auth/secret.ts";
import { Complaint } from "#server/complaint.ts";
import { type Config, complained, databaseFile, prepareDataDir } from "#server/config.ts";
import { explained, holdAlone, occupantOf, openRows, type Place } from "#server/store/archive/place.ts";
import { type Replaced, replace } from "#server/store/archive/replace.ts";
import type { Rows } from "#server/store/archive/rows.ts";
import { settingOf, withValues } from "#server/store/archive/transfer.ts";
import { isPostgresUrl } from "#server/store/postgres/postgres-url.ts";
import { answer, type Flags, table } from "./output.ts";
import { watched } from "./watched.ts";

type CopyFlags = Flags & { from: string; to: string; overwrite?: boolean };

const RUNNING = {
  from: "A server is running on the database to copy from: stop it first, or what is written meanwhile would be missing.",
  to: "A server is running on the database to copy to: stop it first.",
};

/**
 * Moves an installation: everything, the session secret too, so that nobody is signed out; and the epoch, because it is the same history, which clients
 * go on with where they were (docs/decisions/0016). Servers are kept away from both ends until it is done.
 */
export async function copy(config: Config, flags: CopyFlags): Promise<void> {
  const from = placeOf("--from", flags.from);
  const to = placeOf("--to", flags.to);
  if (shown(from) === shown(to)) throw new Complaint("--from and --to are the same database.");
  if ("file" in from && !existsSync(from.file)) throw new Complaint(`There is no database at ${from.file}.`);
  if ("file" in to) await prepareDataDir(dirname(to.file));
  const letGoFrom = await told(from, holdAlone(from, RUNNING.from));
  try {
    const letGoTo = await told(to, holdAlone(to, RUNNING.to));
    try {
      await refuseOccupied(to, flags);
      await fill(config, from, to, flags);
    } finally {
      await letGoTo();
    }
  } finally {
    await letGoFrom();
  }
}

async function refuseOccupied(to: Place, { overwrite }: CopyFlags): Promise<void> {
  const occupant = await told(to, occupantOf(to));
  if (!occupant || overwrite) return;
  const who = `${occupant.name || "somebody"} (${occupant.people} accounts)`;
  throw new Complaint(`${shown(to)} is not empty: ${who} lives there. Say --overwrite to replace everything in it.`);
}

async function fill(config: Config, from: Place, to: Place, flags: CopyFlags): Promise<void> {
  const now = Date.now();
  const source = await told(from, openRows(from));
  try {
    const secret = config.authSecret ? undefined : await secretOf(from, source);
    const rows = withValues(source, { settings: { secret: "file" in to ? null : secret } });
    const work = () => watched(rows, (watch) => replace(to, rows, { ...watch, now }));
    const replaced = await told(
      to,
      "file" in to && secret
        ? withSecret({ dataDir: dirname(to.file), secret, suffix: `before-${now}` }, work)
        : work(),
    );
    tell(flags, from, to, replaced);
  } finally {
    await source.close();
  }
}

async function secretOf(from: Place, source: Rows): Promise<string | undefined> {
  return "file" in from ? await complained(knownSecret(dirname(from.file))) : await settingOf(source, "secret");
}

function tell(flags: Flags, from: Place, to: Place, { sums, kept }: Replaced): void {
  const lines = table(
    ["TABLE", "ROWS", "SHA-256, BOTH SIDES"],
    sums.map(({ table: name, rows, sha256 }) => [name, rows.toLocaleString("en"), sha256.slice(0, 16)]),
  );
  const next =
    "url" in to ? "Start the server with that DATABASE_URL." : `Start the server with DATA_DIR=${dirname(to.file)}.`;
  const rest = kept ? `\nWhat was there before lies in ${kept}.` : "";
  const words = `${lines}\n${shown(to)} holds all of ${shown(from)}, compared row by row. ${next} Do not start one on the old database any more.${rest}`;
  answer(flags, { from: shown(from), to: shown(to), kept, tables: sums }, words);
}

/** Never repeats what was given: it may hold a password. Other users of the machine see what stands on a command line, and not what a variable holds. */
function placeOf(option: string, given: string): Place {
  const [, variable] = /^env:(\w+)$/.exec(given) ?? [];
  if (variable === undefined) return addressed(option, given);
  const held = process.env[variable]?.trim();
  if (!held) throw new Complaint(`${option} names the variable ${variable}, which is not set.`);
  return addressed(`What ${option} names, the variable ${variable},`, held);
}

function addressed(option: string, given: string): Place {
  if (/^sqlite:./.test(given))
    return { file: fileOf(resolve(given.slice("sqlite:".length).replace(/^\/\/(?=\/)/, ""))) };
  if (isPostgresUrl(given)) return { url: given };
  throw new Complaint(`${option} is neither sqlite:PATH nor postgres://USER:PASSWORD@HOST/DATABASE.`);
}

/** A folder stands for the database in it; what is not there yet is a folder unless it is named like a file. */
function fileOf(path: string): string {
  const isFolder = existsSync(path) ? statSync(path).isDirectory() : !path.endsWith(".db");
  const file = isFolder ? databaseFile({ dataDir: path }) : path;
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), file.slice(folder.length + 1)) : file;
}

/** Where a database is, without name and password. */
function shown(place: Place): string {
  if ("file" in place) return place.file;
  const { host, pathname } = new URL(place.url);
  return `postgres://${host}${pathname}`;
}

function told<T>(place: Place, asked: Promise<T>): Promise<T> {
  return complained(
    asked.catch((error) => {
      throw error instanceof Complaint ? error : explained(error, place);
    }),
  );
}
