import { existsSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { connect } from "#server/store/connection.ts";
import { explain } from "#server/store/explain.ts";
import { migrate } from "#server/store/migrate.ts";
import { ownFolder } from "#server/store/own-folder.ts";
import { explain as explainPostgres } from "#server/store/postgres/explain.ts";
import { holdDatabase } from "#server/store/postgres/server-lock.ts";
import { migratePostgres, openClient, openPostgresSource } from "./postgres-rows.ts";
import type { Rows } from "./rows.ts";
import { openSqliteSource } from "./sqlite-rows.ts";

/** Where a database is. */
export type Place = { file: string } | { url: string };

/** Nobody lives there yet, or somebody does. */
export interface Occupant {
  /** "" before the place was claimed. */
  name: string;
  people: number;
}

/** One read transaction over everything. Brings the database to the newest schema first, as every command does. */
export async function openRows(place: Place): Promise<Rows & { close(): void | Promise<void> }> {
  if ("url" in place) {
    await migratePostgres(place.url);
    return await openPostgresSource(place.url);
  }
  if (!existsSync(place.file)) throw new Error(`There is no database at ${place.file}.`);
  const { sqlite } = connect({ file: place.file, busyTimeout: 3_000 });
  try {
    migrate({ sqlite });
  } finally {
    sqlite.close();
  }
  return openSqliteSource(place.file);
}

/** Keeps servers away from a place until it is let go. Rejects with the sentence when one runs there. */
export async function holdAlone(place: Place, sentence: string): Promise<() => Promise<void>> {
  if ("file" in place) {
    try {
      const letGo = ownFolder(dirname(place.file));
      return async () => letGo();
    } catch (error) {
      throw /running/.test((error as Error).message) ? new Error(sentence, { cause: error }) : error;
    }
  }
  const client = await openClient(place.url);
  if (await holdDatabase(client)) return () => client.end();
  await client.end();
  throw new Error(sentence);
}

/** Who would lose something if the place were overwritten; undefined where there is nothing to lose. */
export async function occupantOf(place: Place): Promise<Occupant | undefined> {
  const occupant = "url" in place ? await inPostgres(place.url) : inSqlite(place.file);
  return occupant && (occupant.people > 0 || occupant.name !== "") ? occupant : undefined;
}

/** What SQLite, PostgreSQL or the system says, as one sentence. Passwords are not in it. */
export function explained(error: unknown, place: Place): Error {
  return "url" in place ? explainPostgres(error, place.url) : explain(error, place.file);
}

const PEOPLE = "select count(*) as people from users";
const NAME = "select value from settings where key = 'name'";

function inSqlite(file: string): Occupant | undefined {
  if (!existsSync(file)) return undefined;
  const sqlite = new Database(file, { readonly: true });
  try {
    const { people } = sqlite.prepare(PEOPLE).get() as { people: number };
    return { people, name: (sqlite.prepare(NAME).pluck().get() as string | undefined) ?? "" };
  } catch {
    // What cannot be read may still be somebody's.
    return { people: 0, name: file };
  } finally {
    sqlite.close();
  }
}

async function inPostgres(url: string): Promise<Occupant | undefined> {
  const client = await openClient(url);
  try {
    const { rows: tables } = await client.query(
      "select to_regclass('users') as users, to_regclass('settings') as settings",
    );
    if (!tables[0].users || !tables[0].settings) return undefined;
    const { rows: people } = await client.query(PEOPLE);
    const { rows: names } = await client.query(NAME);
    return { people: Number(people[0].people), name: names[0]?.value ?? "" };
  } finally {
    await client.end();
  }
}
