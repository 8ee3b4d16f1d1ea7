import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { shareDatabase } from "#server/store/postgres/server-lock.ts";
import { openStore } from "#server/store/store.ts";
import { founding } from "#tests/store/founding.ts";
import { freePort } from "#tests/support/free-port.ts";
import { startServer } from "#tests/support/server.ts";
import { query, startPostgres } from "#tests/support/services/postgres.ts";
import { emptyDatabase, openNode } from "./open-store.ts";

const service = () => new URL(inject("postgres") as string);
const at = (change: Partial<URL>) => Object.assign(service(), change).href;

const MIGRATIONS = globSync("drizzle/postgres/*.sql").length;

test("two nodes that open an empty database at once make one schema and one epoch", async () => {
  const url = await emptyDatabase();
  const nodes = await Promise.all([openNode(url), openNode(url), openNode(url)]);
  const epochs = await Promise.all(nodes.map((node) => node.read("epoch")));
  expect(epochs[0]).toMatch(/^\w{20}$/);
  expect(new Set(epochs).size).toBe(1);
  expect((await query(url, "select count(*)::int as n from migrations"))[0]).toEqual({ n: MIGRATIONS });
});

test("a database that a newer version wrote is left alone, with one sentence", async () => {
  const url = await emptyDatabase();
  await (await openStore({ url })).close();
  await query(url, "insert into migrations values (9999999999999, 'from the future')");
  await expect(openStore({ url })).rejects.toThrow("The database was written by a newer Sarangbang; install that one.");
});

test.each<[string, () => Promise<string> | string, RegExp]>([
  [
    "a server that is not there",
    async () => at({ port: String(await freePort()) }),
    /^PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached \(nothing listens there\)/,
  ],
  [
    "a name that nobody knows",
    () => at({ hostname: "nowhere.invalid" }),
    /^PostgreSQL at nowhere\.invalid:\d+ cannot be reached \(its name is not known\)/,
  ],
  [
    "a wrong password",
    () => at({ password: "wrong-one" }),
    /does not let the user postgres in; check the user and the password/,
  ],
  ["a user that does not exist", () => at({ username: "nobody-here" }), /does not let the user nobody-here in/],
  ["no password", () => at({ password: "" }), /does not let the user postgres in/],
  [
    "a database that does not exist",
    () => at({ pathname: "/nothing" }),
    /has no database nothing; make it with: createdb/,
  ],
  ["a server of version 13", () => old(), /^PostgreSQL 14 or newer is needed, and this is 13\.12; upgrade it\.$/],
  ["a database in another encoding", () => latin(), /keeps text as LATIN1, where only UTF8 holds every language/],
  [
    "a user who may not make tables",
    () => stranger(),
    /^The user stranger may not create tables in the database t_\w+/,
  ],
  ["tables of another program", () => occupied(), /has tables of another program with the same names/],
  ["a table of migrations of another program", () => migrated(), /has tables of another program with the same names/],
  ["a user with no connection left", () => crowded(), /has no connection left/],
  [
    "a certificate that is not there",
    () => `${at({})}?sslrootcert=/nowhere/root.pem`,
    /^The file \/nowhere\/root\.pem that DATABASE_URL names cannot be read/,
  ],
  ["TLS where the server speaks none", () => `${at({})}?sslmode=verify-full`, /speaks no TLS/],
])("%s is one sentence that says what to do, without the password", async (_what, url, sentence) => {
  const address = await url();
  const error = await openStore({ url: address, patience: 0 }).catch((reason: Error) => reason);
  expect((error as Error).message).toMatch(sentence);
  expect((error as Error).message).toMatch(/^[^\n]+\.$/);
  const { password } = new URL(address);
  if (password) expect((error as Error).message).not.toContain(password);
});

/** A server as new as the others, in whose database a function of our own answers to the name of what tells its version. */
async function old(): Promise<string> {
  const url = await emptyDatabase();
  await query(
    url,
    `create schema older;
    create function older.current_setting(name text) returns text language sql as $$
      select case name when 'server_version_num' then '130012' when 'server_version' then '13.12'
        else pg_catalog.current_setting(name) end $$`,
  );
  const database = new URL(url).pathname.slice(1);
  await query(url, `alter database ${database} set search_path = older, pg_catalog, public`);
  return url;
}

async function latin(): Promise<string> {
  await query(at({ pathname: "/postgres" }), "create database latin template template0 encoding latin1 locale 'C'");
  return at({ pathname: "/latin" });
}

async function stranger(): Promise<string> {
  const url = await emptyDatabase();
  await query(url, "create role stranger login password 'strange-one'");
  return Object.assign(new URL(url), { username: "stranger", password: "strange-one" }).href;
}

async function occupied(): Promise<string> {
  const url = await emptyDatabase();
  await query(url, "create table users (login text)");
  return url;
}

async function migrated(): Promise<string> {
  const url = await emptyDatabase();
  await query(url, "create table migrations (id serial primary key, migration varchar(255), batch int)");
  return url;
}

async function crowded(): Promise<string> {
  const name = `crowd_${randomUUID().slice(0, 8)}`;
  const url = await emptyDatabase();
  await query(url, `create role ${name} login password 'crowded-one' connection limit 0`);
  return Object.assign(new URL(url), { username: name, password: "crowded-one" }).href;
}

test("when the lock of servers takes the one connection too many, it is told in the same words", async () => {
  await expect(shareDatabase(await crowded(), { patience: 0 })).rejects.toThrow(
    /^PostgreSQL at .* has no connection left/,
  );
});

test("and when one is free a moment later, that is waited for", async () => {
  const url = await crowded();
  const told: string[] = [];
  const letGo = await shareDatabase(url, {
    waiting(reason) {
      told.push(reason);
      void query(at({}), `alter role ${new URL(url).username} connection limit 1`);
    },
  });
  await letGo();
  expect(told[0]).toMatch(/^PostgreSQL at .* has no connection left; .+\.$/);
});

test("a server that comes a moment later is waited for, and why is told", async () => {
  const late = await startPostgres();
  try {
    await late.kill();
    const told: string[] = [];
    let back: Promise<void> | undefined;
    const store = await openStore({
      url: late.url,
      patience: 60_000,
      waiting(reason) {
        told.push(reason);
        back ??= late.start();
      },
    });
    await back;
    expect(told[0]).toMatch(/cannot be reached \(nothing listens there\)/);
    expect(await store.read("place")).toMatchObject({ claimed: false });
    await store.close();
  } finally {
    await late.stop();
  }
});

test("what is answered is on the disk, though the server, the database and the address would have it otherwise", async () => {
  const url = await emptyDatabase();
  await query(url, `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
  await query(url, "alter role postgres set synchronous_commit = off");
  try {
    const asked = `${url}?options=${encodeURIComponent("-c synchronous_commit=off -c search_path=public")}`;
    const store = await openNode(asked);
    await store.write("claim", founding);
    await query(url, "create table seen (setting text)");
    // The row is written by the store's own connection, in the transaction of a command.
    await query(
      url,
      `create function look() returns trigger language plpgsql as
       $$ begin insert into seen values (current_setting('synchronous_commit')); return new; end $$`,
    );
    await query(url, "create trigger look before insert on audit for each row execute function look()");
    await store.write("renamePlace", { actor: { via: "console" }, now: founding.now, name: "달빛" });
    expect(await query(url, "select distinct setting from seen")).toEqual([{ setting: "on" }]);
  } finally {
    await query(url, "alter role postgres reset synchronous_commit");
  }
});

test("a server whose broker's authority is in no file says so in one sentence", async () => {
  const env = { DATABASE_URL: await emptyDatabase(), BROKER_URL: "amqps://guest:hush@mq/?ca=/nowhere/ca.pem" };
  const started = startServer({ ui: false, env }).then(
    () => "it runs",
    (error: Error) => error.message,
  );
  const [first, ...said] = (await started).split("The server ended while starting:\n").at(-1)?.split("\n") ?? [];
  expect(first).toMatch(/^The file \/nowhere\/ca\.pem that BROKER_URL names as ca cannot be read: ENOENT.*\.$/);
  expect(said.filter((line) => line !== "" && line !== first)).toEqual([]);
});
