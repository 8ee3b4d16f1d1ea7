import { existsSync, renameSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import { openSqliteTarget } from "#server/store/archive/sqlite-rows.ts";
import { run, sarangbang, sarangbangJson, startSarangbang } from "#tests/support/command.ts";
import { type Account, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { inFile } from "#tests/support/sqlite.ts";
import { until } from "#tests/support/until.ts";
import { connectWire } from "#tests/support/wire.ts";

let server: TestServer;
let mina: Account;
let room: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-backup-"));
  server = await startServer({ ui: false, env: { SEND_RATE: "100000", SEND_BURST: "100000" } });
  mina = await claim(server, "미나", "mina@example.com");
  room = (await lobby(server, mina)).id;
  // Enough for a backup to take a while.
  const args = ["tests/support/fill-room.ts", join(server.dataDir, "sarangbang.db"), room, mina.id, "30000", "unread"];
  await run(process.execPath, args, { PATH: process.env.PATH });
}, 120_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("while 미나 writes, a backup is whole and has every message that was receipted before it began", async () => {
  const wire = await connectWire(server.endpoint, { headers: { cookie: mina.cookie, origin: server.origin } });
  const receipted = () =>
    wire.frames.flatMap(({ command, headers }) => (command === "RECEIPT" ? headers["receipt-id"] : []));
  let next = 0;
  let isWriting = true;
  const writing = (async () => {
    while (isWriting) {
      const receipt = `말 ${next++}`;
      wire.send("SEND", { destination: roomVerb(room, "post"), receipt }, JSON.stringify({ text: receipt }));
      await wire.frame("RECEIPT", { "receipt-id": receipt });
    }
  })();
  await until("미나 to have written a little", () => receipted().length > 20);
  const before = receipted();
  const file = join(folder, "while-writing.sarangbang");
  await sarangbangJson(server.dataDir, ["backup", file]);
  const after = receipted();
  isWriting = false;
  await writing;
  wire.close();
  expect(after.length).toBeGreaterThan(before.length);
  expect(inFile(file, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
  const texts = new Set(inFile<{ text: string }>(file, "select text from messages").map(({ text }) => text));
  expect(before.filter((text) => !texts.has(text as string))).toEqual([]);
  // One moment: the room's counters are those of its rows, and no row is missing in between.
  const [state] = inFile(
    file,
    "select r.head, max(m.rev) as rev, count(*) as rows from rooms r join messages m on m.room = r.id",
  );
  expect(state).toEqual({ head: state?.rev, rev: state?.rev, rows: state?.rev });
});

test("a backup is for 미나's eyes alone, tells what it holds, and is not overwritten by accident", async () => {
  const file = join(folder, "once.sarangbang");
  const { tables } = await sarangbangJson<{ tables: { table: string; rows: number; sha256: string }[] }>(
    server.dataDir,
    ["backup", file],
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(tables.find(({ table }) => table === "users")).toEqual({
    table: "users",
    rows: 2,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const again = await sarangbang(server.dataDir, ["backup", file]);
  expect(again).toMatchObject({
    code: 1,
    out: "",
    err: `${file} is there already: choose another name, or say --overwrite.\n`,
  });
  expect((await sarangbang(server.dataDir, ["backup", file, "--overwrite"])).code).toBe(0);
});

test("a backup that is killed in the middle leaves no file of that name, and the next one is not disturbed", async () => {
  const file = join(folder, "killed.sarangbang");
  const running = startSarangbang(server.dataDir, ["backup", file]);
  await until("the backup to have begun", () => existsSync(`${file}.partial`), 30_000);
  running.kill("SIGKILL");
  await running.ended;
  expect(existsSync(file)).toBe(false);
  expect((await sarangbang(server.dataDir, ["backup", file])).code).toBe(0);
  expect(existsSync(`${file}.partial`)).toBe(false);
});

test("a second backup to the same file, while one is written, is refused and does not harm it", async () => {
  const file = join(folder, "twice.sarangbang");
  // By this process, which decides when it is done.
  const first = openSqliteTarget(`${file}.partial`);
  const second = await sarangbang(server.dataDir, ["backup", file]);
  expect(second).toMatchObject({
    code: 1,
    err: `${file}.partial is being written: wait until the other backup is done.\n`,
  });
  first.finish(() => renameSync(`${file}.partial`, file));
  expect(inFile(file, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
});

test("--overwrite replaces files, but neither the database itself nor what is no file", async () => {
  const itself = join(server.dataDir, "sarangbang.db");
  expect(await sarangbang(server.dataDir, ["backup", itself, "--overwrite"])).toMatchObject({
    code: 1,
    err: `${itself} is the database itself: choose another name.\n`,
  });
  expect(await sarangbang(server.dataDir, ["backup", folder, "--overwrite"])).toMatchObject({
    code: 1,
    err: `${folder} is there already and no file: choose another name.\n`,
  });
});

test("Ctrl+C ends a backup with one sentence and nothing left behind", async () => {
  const file = join(folder, "stopped.sarangbang");
  const running = startSarangbang(server.dataDir, ["backup", file]);
  await until("the backup to have begun", () => running.said.err.includes("copying"), 30_000);
  running.kill("SIGINT");
  const { code, err } = await running.ended;
  expect(code).toBe(1);
  expect(err).toMatch(/Stopped; everything is as it was\.\n$/);
  expect([existsSync(file), existsSync(`${file}.partial`)]).toEqual([false, false]);
});

test("where a backup cannot be written, or there is nothing to back up, 미나 is told so in one sentence", async () => {
  const nowhere = join(folder, "no-such-folder", "b.sarangbang");
  expect(await sarangbang(server.dataDir, ["backup", nowhere])).toEqual({
    code: 1,
    out: "",
    err: `${nowhere} cannot be opened; check that its folder exists and can be written.\n`,
  });
  const empty = await mkdtemp(join(folder, "empty-"));
  expect(await sarangbang(empty, ["backup", join(folder, "nothing.sarangbang")])).toEqual({
    code: 1,
    out: "",
    err: `There is no database at ${join(empty, "sarangbang.db")}.\n`,
  });
});

test("a disk that takes no more ends a backup with one sentence and nothing left behind", async () => {
  const file = join(folder, "too-large.sarangbang");
  // What a user may write to one file, in KiB; the system answers as a disk that has no room.
  const words = ["-c", `trap '' XFSZ; ulimit -f 512; exec bin/sarangbang backup ${file}`];
  const { code, err } = await run("bash", words, { PATH: process.env.PATH, DATA_DIR: server.dataDir });
  expect(code).toBe(1);
  expect(err.trimEnd().split("\n").at(-1)).toBe(
    `${file} cannot be read or written: the disk, or a limit of this user, does not let it.`,
  );
  expect([existsSync(file), existsSync(`${file}.partial`)]).toEqual([false, false]);
});
