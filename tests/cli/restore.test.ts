import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Me } from "#lib/chat/person.ts";
import { run, sarangbang, sarangbangJson, startSarangbang } from "#tests/support/command.ts";
import { converse } from "#tests/support/conversation.ts";
import { type Account, ask, claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { changeFile, inFile } from "#tests/support/sqlite.ts";
import { until } from "#tests/support/until.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
let folder: string;
let file: string;
let database: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-restore-"));
  server = await startServer({ ui: false });
  database = join(server.dataDir, "sarangbang.db");
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  const { id } = await lobby(server, mina);
  await converse(server, id, [mina, jun], ["백업 전", "이것도"]);
  const args = ["tests/support/fill-room.ts", database, id, mina.id, "20000", "unread"];
  await run(process.execPath, args, { PATH: process.env.PATH });
  file = join(folder, "b.sarangbang");
  await sarangbangJson(server.dataDir, ["backup", file]);
  await converse(server, id, [mina], ["백업 뒤"]);
}, 120_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const epochOf = (path: string) =>
  inFile<{ value: string }>(path, "select value from settings where key = 'epoch'")[0]?.value;
const changesOf = (path: string) =>
  inFile<{ value: number }>(path, "select value from counters where name = 'changes'")[0]?.value ?? 0;
const textsOf = (path: string) =>
  inFile<{ text: string }>(path, "select text from messages where text like '백업%' order by seq").map(
    ({ text }) => text,
  );

test("while a server runs, restore says to stop it, and changes nothing", async () => {
  const before = epochOf(database);
  expect(await sarangbang(server.dataDir, ["restore", file, "--yes"])).toEqual({
    code: 1,
    out: "",
    err: "A server is running on this database: stop it first (all of them, where there are several), then restore.\n",
  });
  expect(epochOf(database)).toBe(before);
  expect((await fetch(`${server.origin}/up`)).status).toBe(200);
});

describe("with the server stopped", () => {
  beforeAll(async () => {
    await server.terminate();
  });

  test("nobody's place is replaced without being asked", async () => {
    const { code, err } = await sarangbang(server.dataDir, ["restore", file]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^달빛 사랑방 \(3 accounts\) is replaced by the backup of .+ Say --yes if that is what you want\.\n$/,
    );
    expect(textsOf(database)).toEqual(["백업 전", "백업 뒤"]);
  });

  test("a restore that is killed in the middle leaves what was there", async () => {
    const running = startSarangbang(server.dataDir, ["restore", file, "--yes"]);
    await until("the restore to have begun", () => existsSync(`${database}.fresh`), 30_000);
    running.kill("SIGKILL");
    expect((await running.ended).code).toBe(null);
    expect(textsOf(database)).toEqual(["백업 전", "백업 뒤"]);
    expect(inFile(database, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
  });

  test("미나 has the place as it was, under a new epoch, with what was there before beside it, and she is still signed in", async () => {
    const before = epochOf(database);
    const changes = changesOf(database);
    const { kept, epoch } = await sarangbangJson<{ kept: string; epoch: string }>(server.dataDir, [
      "restore",
      file,
      "--yes",
    ]);
    expect(textsOf(database)).toEqual(["백업 전"]);
    expect(textsOf(kept)).toEqual(["백업 전", "백업 뒤"]);
    expect([epochOf(database), epochOf(kept)]).toEqual([epoch, before]);
    expect(epoch).not.toBe(before);
    // Changes of access are numbered above all that any server has heard of.
    expect(changesOf(database)).toBeGreaterThan(changes);
    expect(existsSync(`${database}.fresh`)).toBe(false);
    await server.start();
    expect((await ask<Me>(server, mina, "GET", "/api/me")).body).toMatchObject({ name: "미나" });
    await server.terminate();
  });

  test("in an empty folder on another machine nobody is signed out either", async () => {
    const other = await startServer({ ui: false });
    await other.terminate();
    rmSync(join(other.dataDir, "sarangbang.db"));
    await sarangbangJson(other.dataDir, ["restore", file]);
    await other.start();
    expect((await ask<Me>(other, jun, "GET", "/api/me")).body).toMatchObject({ name: "준" });
    await other.stop();
  });

  test("a damaged database can be replaced, and stays beside the new one", async () => {
    const damaged = await mkdtemp(join(folder, "damaged-"));
    writeFileSync(join(damaged, "sarangbang.db"), "this was a database");
    const { kept } = await sarangbangJson<{ kept: string }>(damaged, ["restore", file, "--yes"]);
    expect(readFileSync(kept, "utf8")).toBe("this was a database");
    expect(textsOf(join(damaged, "sarangbang.db"))).toEqual(["백업 전"]);
  });

  test("a backup of an older version is brought to the newest schema", async () => {
    const old = changed("older", (path) =>
      changeFile(
        path,
        `drop index messages_room_changed; create unique index messages_room_rev on messages (room, rev);
        drop table search_rows; drop table search_marks; drop table search_grams;
        delete from migrations where made > (select min(made) from migrations)`,
      ),
    );
    const empty = await mkdtemp(join(folder, "empty-"));
    await sarangbangJson(empty, ["restore", old]);
    const indexes = inFile<{ name: string }>(
      join(empty, "sarangbang.db"),
      "select name from sqlite_master where type = 'index'",
    );
    expect(indexes.map(({ name }) => name)).toContain("messages_room_changed");
    expect(existsSync(old)).toBe(true);
  });

  test("one that cannot be brought to it leaves nothing behind", async () => {
    const half = changed("half", (path) =>
      changeFile(path, "delete from migrations where made = (select max(made) from migrations)"),
    );
    const empty = await mkdtemp(join(folder, "empty-"));
    expect((await sarangbang(empty, ["restore", half])).code).toBe(1);
    expect((await readdir(empty)).filter((name) => name.includes("scratch"))).toEqual([]);
  });
});

/** A copy of the backup that something was done to. */
function changed(name: string, change: (path: string) => void): string {
  const path = join(folder, `${name}.sarangbang`);
  copyFileSync(file, path);
  change(path);
  return path;
}

describe("what is no backup that can be restored is refused in one sentence", () => {
  test.each([
    ["a file that is not there", () => join(folder, "none"), "There is no file FILE."],
    [
      "a file of another kind",
      () => changed("text", (path) => writeFileSync(path, "안녕하세요, ".repeat(500))),
      "FILE is no backup: it is no SQLite file at all.",
    ],
    [
      "a database itself",
      () => changed("plain", (path) => changeFile(path, "drop table archive")),
      "FILE was not made by sarangbang backup; a database itself is moved with copy --from sqlite:FILE.",
    ],
    [
      "one of a newer version",
      () =>
        changed("newer", (path) =>
          changeFile(path, "insert into migrations (made, hash) values (99999999999999, 'x')"),
        ),
      "The backup FILE was made by a newer Sarangbang; install that one.",
    ],
    [
      "one in a newer format",
      () => changed("format", (path) => changeFile(path, `update archive set manifest = '{"format":2}'`)),
      "The backup FILE was made by a newer Sarangbang; install that one.",
    ],
    [
      "one with a row too few",
      () => changed("short", (path) => changeFile(path, "delete from messages where seq = 3")),
      "The backup FILE is damaged: messages has 20002 rows instead of 20003.",
    ],
    [
      "one with another word in it",
      () => changed("word", (path) => changeFile(path, "update messages set text = '아니' where seq = 3")),
      "The backup FILE is damaged: messages has other rows.",
    ],
    [
      "one that does not say what it holds",
      () => changed("mute", (path) => changeFile(path, "update archive set manifest = 'nothing'")),
      "The backup FILE is damaged: it does not say what it holds.",
    ],
    [
      "one without a table",
      () => changed("table", (path) => changeFile(path, "drop table audit")),
      "The backup FILE is damaged: no such table: audit.",
    ],
    [
      "one that breaks off",
      () => changed("half", (path) => writeFileSync(path, readFileSync(path).subarray(0, 400_000))),
      "The backup FILE is damaged: it cannot be read to its end.",
    ],
  ])("%s", async (_, make, sentence) => {
    const path = make();
    const empty = await mkdtemp(join(folder, "empty-"));
    const { code, out, err } = await sarangbang(empty, ["restore", path, "--yes"]);
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: `${sentence.replaceAll("FILE", path)}\n` });
    expect(existsSync(join(empty, "sarangbang.db"))).toBe(false);
  });
});
