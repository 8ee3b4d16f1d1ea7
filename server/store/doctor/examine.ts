import { existsSync } from "node:fs";
import { TABLES } from "#server/store/archive/archived-table.ts";
import { explained, type Place } from "#server/store/archive/place.ts";
import { openPostgresSource } from "#server/store/archive/postgres-rows.ts";
import { openSqliteSource } from "#server/store/archive/sqlite-rows.ts";
import { newestMigration } from "#server/store/migrate.ts";
import { newestPostgresMigration } from "#server/store/postgres/migrate.ts";
import { AILMENTS } from "./ailments.ts";
import type { Finding } from "./finding.ts";
import { fileTakesWrites, postgresTakesWrites } from "./writes.ts";

/** What can be asked of either database, changing nothing: a list of first columns. */
export interface Patient {
  ask(question: string): Promise<unknown[]>;
  close(): void | Promise<void>;
}

/** Milliseconds that the clocks of a node and its database may differ: sessions and presence are counted in seconds. */
const SKEW = 1_000;
const EMPTY = "The database is empty yet; the first start fills it.";

/** Looks at everything that a database can be asked. Changes nothing, and works beside a running server. */
export async function examine(place: Place): Promise<Finding[]> {
  if ("file" in place && !existsSync(place.file))
    return [
      { check: "database", ok: true, says: `There is no database at ${place.file} yet; the first start makes it.` },
    ];
  // Before it is opened: what may not be written cannot always be read either.
  const writes = "file" in place ? [await fileTakesWrites(place.file)] : [];
  try {
    const patient = "url" in place ? await openPostgres(place.url) : openSqlite(place.file);
    try {
      if ("url" in place && (await isEmpty(patient)))
        return [...(await postgresFindings(patient)), { check: "schema", ok: true, says: EMPTY }];
      const schema = await schemaOf(patient, "url" in place ? newestPostgresMigration() : newestMigration());
      const own = "url" in place ? await postgresFindings(patient) : await sqliteFindings(patient);
      if (!schema.isNewest) return [...writes, ...own, schema.finding];
      return [...writes, ...own, schema.finding, await indexes(patient, "url" in place), ...(await ailments(patient))];
    } finally {
      await patient.close();
    }
  } catch (error) {
    return [...writes, { check: "database", ok: false, says: explained(error, place).message }];
  }
}

async function isEmpty(patient: Patient): Promise<boolean> {
  const [migrations] = await patient.ask("select to_regclass('migrations')");
  return migrations === null;
}

async function ailments(patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { check, question, healthy, wrong } of AILMENTS) {
    const [count] = await patient.ask(question);
    const ok = Number(count) === 0;
    findings.push({ check, ok, says: ok ? healthy : wrong(Number(count)) });
  }
  return findings;
}

async function schemaOf(patient: Patient, newest: number): Promise<{ isNewest: boolean; finding: Finding }> {
  const [made] = await patient.ask("select max(made) from migrations");
  const check = "schema";
  if (Number(made) > newest)
    return {
      isNewest: false,
      finding: { check, ok: false, says: "The database was written by a newer Sarangbang; install that one." },
    };
  if (Number(made) < newest)
    return {
      isNewest: false,
      finding: { check, ok: true, says: "The schema is of an older version; the next start brings it up to date." },
    };
  return { isNewest: true, finding: { check, ok: true, says: "The schema is the newest." } };
}

async function indexes(patient: Patient, isPostgres: boolean): Promise<Finding> {
  const question = isPostgres
    ? "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisvalid"
    : "select name from sqlite_master where type = 'index'";
  const there = new Set(await patient.ask(question));
  const missing = TABLES.flatMap((table) => table.indexes).filter((name) => !there.has(name));
  const ok = missing.length === 0;
  const says = ok
    ? "All indexes are there."
    : `Without ${missing.join(", ")} the server is slow, and retries may be stored twice: make a backup and restore it.`;
  return { check: "indexes", ok, says };
}

async function sqliteFindings(patient: Patient): Promise<Finding[]> {
  const said = await patient.ask("pragma integrity_check(3)");
  const ok = said[0] === "ok";
  const says = ok
    ? "SQLite finds the file whole."
    : `SQLite finds the file damaged (${String(said[0]).split("\n")[0]}): restore a backup.`;
  return [{ check: "integrity", ok, says }];
}

async function postgresFindings(patient: Patient): Promise<Finding[]> {
  const [fsync] = await patient.ask("select current_setting('fsync')");
  const durable = fsync === "on";
  const before = Date.now();
  const [theirs] = await patient.ask("select extract(epoch from clock_timestamp()) * 1000");
  const skew = Math.round(Number(theirs) - (before + Date.now()) / 2);
  const agree = Math.abs(skew) <= SKEW;
  return [
    {
      check: "durability",
      ok: durable,
      says: durable
        ? "PostgreSQL waits for its disk."
        : "PostgreSQL has fsync off, so a power cut loses messages that were shown as posted: turn it on.",
    },
    await postgresTakesWrites(patient),
    {
      check: "clock",
      ok: agree,
      says: `The clocks of this machine and of PostgreSQL are ${Math.abs(skew)} ms apart${agree ? "." : ": let both follow the same time server."}`,
    },
  ];
}

function openSqlite(file: string): Patient {
  const { sqlite, close } = openSqliteSource(file);
  return { ask: async (question) => sqlite.prepare(question).pluck().all(), close };
}

async function openPostgres(url: string): Promise<Patient> {
  const { client, close } = await openPostgresSource(url);
  return {
    ask: async (question) =>
      (await client.query({ text: question, rowMode: "array" })).rows.map((row: unknown[]) => row[0]),
    close,
  };
}
