import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { randomId } from "#lib/chat/ids.ts";
import type { Connection } from "./connection.ts";

const MIGRATIONS = fileURLToPath(new URL("../../drizzle/sqlite", import.meta.url));

/** When the newest migration was made: what a database of this version says of itself. */
export function newestMigration(): number {
  return readMigrationFiles({ migrationsFolder: MIGRATIONS }).at(-1)?.folderMillis ?? 0;
}

/** Brings the file to the newest schema (or to that of an earlier migration), in one transaction: two processes that open it at once do it once. */
export function migrate({ sqlite }: Pick<Connection, "sqlite">, upTo = Number.POSITIVE_INFINITY): void {
  const all = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const migrations = all.filter(({ folderMillis }) => folderMillis <= upTo);
  sqlite
    .transaction(() => {
      sqlite.exec("create table if not exists migrations (made integer primary key, hash text not null)");
      const last = sqlite.prepare("select max(made) from migrations").pluck().get() as number | null;
      const newest = migrations.at(-1)?.folderMillis ?? 0;
      if (last !== null && last > newest)
        throw new Error("The database was written by a newer Sarangbang; install that one.");
      const done = sqlite.prepare("insert into migrations (made, hash) values (?, ?)");
      for (const migration of migrations) {
        if (last !== null && migration.folderMillis <= last) continue;
        for (const statement of migration.sql) sqlite.exec(statement);
        done.run(migration.folderMillis, migration.hash);
      }
      // Names this history of revs: another one after a restore makes every client start anew.
      sqlite.prepare("insert into settings (key, value) values ('epoch', ?) on conflict do nothing").run(randomId());
    })
    .immediate();
}
