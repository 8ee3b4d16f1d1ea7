import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import type { Place } from "./place.ts";
import { migratePostgres, openPostgresTarget } from "./postgres-rows.ts";
import type { Rows, Sum, Watch } from "./rows.ts";
import { openSqliteTarget, syncedFolderOf } from "./sqlite-rows.ts";
import { transfer } from "./transfer.ts";

export interface Replaced {
  sums: Sum[];
  /** Where the database lies that was there before; undefined where there was none, or it is in PostgreSQL. */
  kept?: string;
}

/**
 * Puts these rows in the place of everything that is there, all or nothing: until the last moment, and after a kill at any moment, what was there
 * before is there.
 */
export async function replace(place: Place, rows: Rows, watch: Watch & { now: number }): Promise<Replaced> {
  if ("url" in place) return await replacePostgres(place.url, rows, watch);
  const fresh = `${place.file}.fresh`;
  const target = openSqliteTarget(fresh);
  try {
    const sums = await transfer(rows, target, watch);
    target.finish();
    return { sums, kept: putInPlace(fresh, place.file, watch.now) };
  } catch (error) {
    target.abandon();
    throw error;
  }
}

async function replacePostgres(url: string, rows: Rows, watch: Watch): Promise<Replaced> {
  await migratePostgres(url);
  const target = await openPostgresTarget(url);
  try {
    const sums = await transfer(rows, target, watch);
    await target.finish();
    return { sums };
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

/** One rename decides. The former file stays beside it under another name. */
function putInPlace(fresh: string, file: string, now: number): string | undefined {
  if (!existsSync(file)) {
    settleLeftovers(file, undefined);
    renameSync(fresh, file);
    syncedFolderOf(file);
    return undefined;
  }
  const kept = `${file}.before-${new Date(now).toISOString().replace(/[:.]/g, "-")}`;
  settle(file);
  try {
    linkSync(file, kept);
  } catch {
    copyWhole(file, kept);
  }
  // What is still there of a write-ahead log belongs to the former file, and would be played into the new one.
  settleLeftovers(file, kept);
  renameSync(fresh, file);
  syncedFolderOf(file);
  return kept;
}

/** Some file systems know no second name. */
function copyWhole(file: string, kept: string): void {
  try {
    copyFileSync(file, kept);
  } catch (error) {
    rmSync(kept, { force: true });
    throw error;
  }
}

/** Moves the write-ahead log into the file. One that is damaged stays as it is. */
function settle(file: string): void {
  try {
    const sqlite = new Database(file);
    sqlite.pragma("journal_mode = delete");
    sqlite.close();
  } catch {
    return;
  }
}

function settleLeftovers(file: string, kept: string | undefined): void {
  rmSync(`${file}-shm`, { force: true });
  if (!existsSync(`${file}-wal`)) return;
  if (kept) renameSync(`${file}-wal`, `${kept}-wal`);
  else rmSync(`${file}-wal`);
}
