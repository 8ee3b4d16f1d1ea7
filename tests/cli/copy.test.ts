import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Me } from "#lib/chat/person.ts";
import { progressBar } from "#server/cli/progress-bar.ts";
import { sarangbang, sarangbangJson } from "#tests/support/command.ts";
import { converse } from "#tests/support/conversation.ts";
import { type Account, ask, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { inFile } from "#tests/support/sqlite.ts";

let server: TestServer;
let mina: Account;
let folder: string;
let database: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-copy-"));
  server = await startServer({ ui: false });
  database = join(server.dataDir, "sarangbang.db");
  mina = await claim(server, "미나", "mina@example.com");
  await converse(server, (await lobby(server, mina)).id, [mina]);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What `copy` says to these, whatever folder it is in. */
const copy = (from: string, to: string, ...more: string[]) =>
  sarangbang(folder, ["copy", "--from", from, "--to", to, ...more]);

test("from under a running server, or onto one, nothing is copied", async () => {
  const to = join(folder, "from-running");
  expect(await copy(`sqlite:${server.dataDir}`, `sqlite:${to}`)).toEqual({
    code: 1,
    out: "",
    err: "A server is running on the database to copy from: stop it first, or what is written meanwhile would be missing.\n",
  });
  expect(existsSync(join(to, "sarangbang.db"))).toBe(false);
  const other = await startServer({ ui: false });
  expect(await copy(`sqlite:${other.dataDir}`, `sqlite:${server.dataDir}`)).toMatchObject({ code: 1 });
  await other.terminate();
  expect(await copy(`sqlite:${other.dataDir}`, `sqlite:${server.dataDir}`, "--overwrite")).toEqual({
    code: 1,
    out: "",
    err: "A server is running on the database to copy to: stop it first.\n",
  });
  await other.stop();
  expect((await ask<Me>(server, mina, "GET", "/api/me")).status).toBe(200);
});

describe("with the server stopped", () => {
  beforeAll(async () => {
    await server.terminate();
  });

  test("미나 moves, and goes on where she was: the same rows, the same epoch, the same session", async () => {
    const other = await startServer({ ui: false });
    await other.terminate();
    const { tables, kept } = await sarangbangJson<{ tables: { table: string; rows: number }[]; kept: string }>(folder, [
      ...["copy", "--from", `sqlite:${server.dataDir}`, "--to", `sqlite:${other.dataDir}`],
    ]);
    const all = "select * from messages order by room, seq";
    const there = join(other.dataDir, "sarangbang.db");
    expect(inFile(there, all)).toEqual(inFile(database, all));
    expect(tables.find(({ table }) => table === "messages")?.rows).toBe(inFile(database, all).length);
    const epoch = "select value from settings where key = 'epoch'";
    expect(inFile(there, epoch)).toEqual(inFile(database, epoch));
    // What the first start of an empty place had left.
    expect(existsSync(kept)).toBe(true);
    expect(statSync(join(other.dataDir, "secret")).mode & 0o777).toBe(0o600);
    await other.start();
    expect((await ask<Me>(other, mina, "GET", "/api/me")).body).toMatchObject({ name: "미나" });
    await other.stop();
  });

  test("where somebody lives already nothing is copied to, unless 미나 says so", async () => {
    const to = `sqlite:${join(folder, "occupied")}`;
    expect((await copy(`sqlite:${server.dataDir}`, to)).code).toBe(0);
    const { code, err } = await copy(`sqlite:${server.dataDir}`, to);
    expect({ code, err }).toEqual({
      code: 1,
      err: `${join(folder, "occupied", "sarangbang.db")} is not empty: 달빛 사랑방 (2 accounts) lives there. Say --overwrite to replace everything in it.\n`,
    });
    expect((await copy(`sqlite:${server.dataDir}`, to, "--overwrite")).code).toBe(0);
  });

  test("a database is named by a variable, so that no password stands on the command line", async () => {
    const to = join(folder, "by-variable");
    const words = ["copy", "--from", "env:OLD", "--to", "env:NEW_DATABASE"];
    const run = (env: Record<string, string>) => sarangbang(folder, words, { env });
    const OLD = `sqlite:${server.dataDir}`;
    expect(await run({ OLD, NEW_DATABASE: `sqlite:${to}` })).toMatchObject({ code: 0 });
    expect(existsSync(join(to, "sarangbang.db"))).toBe(true);
    expect(await run({ OLD })).toEqual({
      code: 1,
      out: "",
      err: "--to names the variable NEW_DATABASE, which is not set.\n",
    });
    expect(await run({ OLD, NEW_DATABASE: "mysql://mina:hush-hush@db/x" })).toEqual({
      code: 1,
      out: "",
      err: "What --to names, the variable NEW_DATABASE, is neither sqlite:PATH nor postgres://USER:PASSWORD@HOST/DATABASE.\n",
    });
  });

  test("what cannot be copied is said in one sentence, and no password is repeated", async () => {
    const from = `sqlite:${server.dataDir}`;
    const said = {
      "the same": await copy(from, `sqlite:${database}`),
      "not there": await copy(`sqlite:${join(folder, "nowhere")}`, `sqlite:${join(folder, "x")}`),
      "another database": await copy("mysql://mina:hush-hush@db/x", `sqlite:${join(folder, "x")}`),
      "not to be reached": await copy(from, "postgres://mina:hush-hush@127.0.0.1:1/x"),
    };
    for (const { code, out } of Object.values(said)) expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(Object.fromEntries(Object.entries(said).map(([name, { err }]) => [name, err]))).toEqual({
      "the same": "--from and --to are the same database.\n",
      "not there": `There is no database at ${join(folder, "nowhere", "sarangbang.db")}.\n`,
      "another database": "--from is neither sqlite:PATH nor postgres://USER:PASSWORD@HOST/DATABASE.\n",
      "not to be reached":
        "PostgreSQL at 127.0.0.1:1 cannot be reached (nothing listens there); check that it runs and what DATABASE_URL says.\n",
    });
  });
});

describe("how far it is", () => {
  const through = (isTTY: boolean) => {
    const written: string[] = [];
    let clock = 0;
    const bar = progressBar(400, { isTTY, write: (text) => written.push(text) }, () => clock);
    for (const [what, table, rows] of [
      ["copying", "rooms", 100],
      ["copying", "messages", 50],
      ["copying", "messages", 50],
      ["checking", "rooms", 100],
      ["checking", "messages", 100],
    ] as const) {
      clock += 1_000;
      bar.step({ what, table, rows });
    }
    bar.end();
    return written;
  };

  test("is a bar on 미나's terminal, gone at the end", () => {
    const drawn = through(true).map((text) => text.replaceAll("\r\u001b[K", ""));
    expect(drawn).toEqual([
      "██████░░░░░░░░░░░░░░░░░░ 25 %  copying rooms, about 3 s left",
      "█████████░░░░░░░░░░░░░░░ 37 %  copying messages, about 4 s left",
      "████████████░░░░░░░░░░░░ 50 %  copying messages, about 3 s left",
      "██████████████████░░░░░░ 75 %  checking rooms, about 2 s left",
      "████████████████████████ 100 %  checking messages",
      "",
    ]);
  });

  test("is a line for each table in a log", () => {
    expect(through(false)).toEqual([
      "copying rooms: 100 rows\n",
      "copying messages: 100 rows\n",
      "checking rooms: 100 rows\n",
      "checking messages: 100 rows\n",
    ]);
  });
});
