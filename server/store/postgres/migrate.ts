import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { randomId } from "#lib/chat/ids.ts";
import { LOCKS } from "./advisory-locks.ts";
import type { Lease } from "./pool.ts";

const MIGRATIONS = fileURLToPath(new URL("../../../drizzle/postgres", import.meta.url));
const OLDEST = 140_000;

/** When the newest migration was made: what a database of this version says of itself. */
export function newestPostgresMigration(): number {
  return readMigrationFiles({ migrationsFolder: MIGRATIONS }).at(-1)?.folderMillis ?? 0;
}

/** What `Lease.db` can do besides, on PostgreSQL. */
interface Executing {
  execute(query: unknown): Promise<{ rows: Record<string, unknown>[] }>;
}

/**
 * Brings the database to the newest schema, in one transaction and under a lock: nodes that start at once do it once. Throws one sentence when the
 * server is too old or keeps text in another encoding, or when a newer version was here.
 */
export async function migrate(lease: Lease): Promise<void> {
  const db = lease.db as unknown as Executing;
  await mustDo(db);
  await lease.run("begin");
  // An index on a large table takes its time, and so does another node that is making one.
  await lease.run("set local statement_timeout = 0; set local lock_timeout = 0");
  await lease.run(`select pg_advisory_xact_lock(${LOCKS.migrations})`);
  await lease.run("create table if not exists migrations (made bigint primary key, hash text not null)");
  await apply(lease, db);
  // Names this history of revs: another one after a restore makes every client start anew.
  await db.execute(sql`insert into settings (key, value) values ('epoch', ${randomId()}) on conflict do nothing`);
  await lease.run("commit");
}

async function apply(lease: Lease, db: Executing): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const [done] = (await db.execute(sql`select max(made) as last from migrations`)).rows;
  const last = Number(done?.last ?? 0);
  if (last > (migrations.at(-1)?.folderMillis ?? 0))
    throw new Error("The database was written by a newer Sarangbang; install that one.");
  for (const { folderMillis, hash, sql: statements } of migrations) {
    if (folderMillis <= last) continue;
    for (const statement of statements) await lease.run(statement);
    await db.execute(sql`insert into migrations (made, hash) values (${folderMillis}, ${hash})`);
  }
}

async function mustDo(db: Executing): Promise<void> {
  const { rows } = await db.execute(sql`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
      current_setting('server_encoding') as encoding`);
  const { number, version, encoding } = rows[0] as { number: number; version: string; encoding: string };
  if (number < OLDEST)
    throw new Error(`PostgreSQL ${OLDEST / 10_000} or newer is needed, and this is ${version}; upgrade it.`);
  if (encoding !== "UTF8")
    throw new Error(
      `The database keeps text as ${encoding}, where only UTF8 holds every language; make another one with: createdb -E UTF8 -T template0 NAME.`,
    );
}
