import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from "drizzle-kit/api";
import { expect, test } from "vitest";
import { connect } from "#server/store/connection.ts";
import { migrate } from "#server/store/migrate.ts";
import * as postgres from "#server/store/postgres.ts";
import * as sqlite from "#server/store/sqlite.ts";
import { openStore } from "#server/store/store.ts";
import { tempFolder } from "./temp-folder.ts";

const DRIZZLE = new URL("../../drizzle/", import.meta.url).pathname;

function lastSnapshot(dialect: string) {
  const meta = join(DRIZZLE, dialect, "meta");
  const last = readdirSync(meta)
    .filter((name) => name.endsWith("_snapshot.json"))
    .sort()
    .at(-1) as string;
  return JSON.parse(readFileSync(join(meta, last), "utf8"));
}

test("the migrations of SQLite say what the schema says", async () => {
  const schema = await generateSQLiteDrizzleJson({ ...sqlite });
  expect(await generateSQLiteMigration(lastSnapshot("sqlite"), schema)).toEqual([]);
});

test("the migrations of PostgreSQL say what the schema says", async () => {
  expect(await generateMigration(lastSnapshot("postgres"), generateDrizzleJson({ ...postgres }))).toEqual([]);
});

test("a room's messages lie side by side on the disk", () => {
  const connection = connect({ file: join(tempFolder(), "chat.db"), busyTimeout: 50 });
  migrate(connection);
  const { sql } = connection.sqlite.prepare("select sql from sqlite_master where name = 'messages'").get() as {
    sql: string;
  };
  expect(sql).toMatch(/PRIMARY KEY\(`room`, `seq`\)\s*\) WITHOUT ROWID$/);
});

test("two processes that open a new file at once make one database", async () => {
  const file = join(tempFolder(), "chat.db");
  const stores = await Promise.all([openStore({ file }), openStore({ file })]);
  const [one, other] = await Promise.all(stores.map((store) => store.read("epoch")));
  expect(one).toMatch(/^\w{20}$/);
  expect(other).toBe(one);
  await Promise.all(stores.map((store) => store.close()));
});

test("a database that a newer version wrote is left alone, with one sentence", async () => {
  const file = join(tempFolder(), "chat.db");
  const connection = connect({ file, busyTimeout: 50 });
  migrate(connection);
  connection.sqlite.exec("insert into migrations values (9999999999999, 'from the future')");
  connection.sqlite.close();
  await expect(openStore({ file })).rejects.toThrow(
    "The database was written by a newer Sarangbang; install that one.",
  );
});
