import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roomVerb } from "#lib/chat/destinations.ts";
import type { Me } from "#lib/chat/person.ts";
import type { Finding } from "#server/store/doctor/finding.ts";
import { type Ended, run, sarangbang, startSarangbang } from "#tests/support/command.ts";
import { converse } from "#tests/support/conversation.ts";
import { type Account, ask, claim, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { freshDatabase, query, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { inFile } from "#tests/support/sqlite.ts";
import { until } from "#tests/support/until.ts";
import { connectWire } from "#tests/support/wire.ts";

const PATIENCE = 180_000;

interface Said {
  tables: { table: string; rows: number; sha256: string }[];
  epoch?: string;
}

let postgres: Service;
let url: string;
let folder: string;
let server: TestServer;
let mina: Account;
let room: string;
let moved: Said;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sarangbang-archive-"));
  postgres = await startPostgres();
  url = await freshDatabase(postgres);
  const sqlite = await startServer({ ui: false });
  mina = await claim(sqlite, "미나", "mina@example.com");
  room = (await lobby(sqlite, mina)).id;
  await converse(sqlite, room, [mina]);
  const args = ["tests/support/fill-room.ts", join(sqlite.dataDir, "sarangbang.db"), room, mina.id, "10000", "read"];
  await run(process.execPath, args, { PATH: process.env.PATH });
  await sqlite.terminate();
  moved = await json(["copy", "--from", `sqlite:${sqlite.dataDir}`, "--to", url, "--json"]);
  expect(moved.tables.find(({ table }) => table === "messages")?.rows).toBe(
    inFile(join(sqlite.dataDir, "sarangbang.db"), "select seq from messages").length,
  );
  await sqlite.stop();
  server = await startServer({ ui: false, env: { DATABASE_URL: url, SEND_RATE: "100000", SEND_BURST: "100000" } });
}, PATIENCE);

afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const onPostgres = (words: string[], database = url): Promise<Ended> =>
  sarangbang(folder, words, { env: { DATABASE_URL: database } });

async function json(words: string[], database = url): Promise<Said> {
  const { code, out, err } = await onPostgres(words, database);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}

test("미나 moves from SQLite to PostgreSQL and is signed in there, with every message", async () => {
  expect((await ask<Me>(server, mina, "GET", "/api/me")).body).toMatchObject({ name: "미나" });
  const { body } = await ask<{ messages: unknown[] }>(server, mina, "GET", `/api/rooms/${room}/messages?limit=5`);
  expect(body.messages).toHaveLength(5);
});

test(
  "a backup of PostgreSQL while 미나 writes is of one moment, and has what was receipted before it began",
  async () => {
    const wire = await connectWire(server.endpoint, { headers: { cookie: mina.cookie, origin: server.origin } });
    const receipted = () =>
      wire.frames.flatMap(({ command, headers }) => (command === "RECEIPT" ? (headers["receipt-id"] as string) : []));
    let isWriting = true;
    const writing = (async () => {
      for (let next = 0; isWriting; next++) {
        const receipt = `말 ${next}`;
        wire.send("SEND", { destination: roomVerb(room, "post"), receipt }, JSON.stringify({ text: receipt }));
        await wire.frame("RECEIPT", { "receipt-id": receipt });
      }
    })();
    await until("미나 to have written a little", () => receipted().length > 20, 20_000);
    const before = receipted();
    const file = join(folder, "while-writing.sarangbang");
    await json(["backup", file, "--json"]);
    isWriting = false;
    await writing;
    wire.close();
    expect(inFile(file, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
    const texts = new Set(inFile<{ text: string }>(file, "select text from messages").map(({ text }) => text));
    expect(before.filter((text) => !texts.has(text))).toEqual([]);
    const [state] = inFile(
      file,
      "select r.head, max(m.rev) as rev, count(*) as rows from rooms r join messages m on m.room = r.id",
    );
    expect(state).toEqual({ head: state?.rev, rev: state?.rev, rows: state?.rev });
  },
  PATIENCE,
);

test(
  "while a server runs on the database it is neither restored nor copied",
  async () => {
    const file = join(folder, "running.sarangbang");
    await json(["backup", file, "--json"]);
    const restore = await onPostgres(["restore", file, "--yes"]);
    expect(restore).toEqual({
      code: 1,
      out: "",
      err: "A server is running on this database: stop it first (all of them, where there are several), then restore.\n",
    });
    const copied = await onPostgres(["copy", "--from", url, "--to", `sqlite:${join(folder, "x")}`]);
    expect(copied).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^A server is running on the database to copy from/),
    });
  },
  PATIENCE,
);

test(
  "with the server stopped: killed in the middle a restore changes nothing; whole, it brings the backup and a new epoch",
  async () => {
    const file = join(folder, "stopped.sarangbang");
    await json(["backup", file, "--json"]);
    const wire = await connectWire(server.endpoint, { headers: { cookie: mina.cookie, origin: server.origin } });
    wire.send("SEND", { destination: roomVerb(room, "post"), receipt: "after" }, JSON.stringify({ text: "백업 뒤" }));
    await wire.frame("RECEIPT", { "receipt-id": "after" });
    wire.close();
    await server.terminate();
    const after = () => query(url, "select count(*)::int as n from messages where text = '백업 뒤'");
    const epoch = async () => (await query(url, "select value from settings where key = 'epoch'"))[0]?.value;
    const old = await epoch();

    const running = startSarangbang(folder, ["restore", file, "--yes"], { DATABASE_URL: url });
    await until("the restore to be copying", () => running.said.err.includes("copying"), 60_000);
    running.kill("SIGKILL");
    await running.ended;
    expect(await after()).toEqual([{ n: 1 }]);
    expect(await epoch()).toBe(old);

    const restored = await until(
      "the killed one's lock to be gone",
      () => json(["restore", file, "--yes", "--json"]).catch(() => undefined),
      60_000,
    );
    expect(await after()).toEqual([{ n: 0 }]);
    expect(await epoch()).toBe(restored.epoch);
    expect(restored.epoch).not.toBe(old);
    await server.start();
    expect((await ask<Me>(server, mina, "GET", "/api/me")).body).toMatchObject({ name: "미나" });
    await server.terminate();
  },
  PATIENCE,
);

test(
  "there and back again: what SQLite, PostgreSQL and SQLite hold adds up to the same",
  async () => {
    const sqlite = `sqlite:${join(folder, "back")}`;
    const back = await json(["copy", "--from", url, "--to", sqlite, "--json"]);
    const other = await freshDatabase(postgres);
    const again = await json(["copy", "--from", sqlite, "--to", other, "--json"]);
    const sums = (said: Said) => said.tables.filter(({ table }) => table !== "settings");
    expect(sums(again)).toEqual(sums(back));
    const stranger = await json(["copy", "--from", other, "--to", url, "--overwrite", "--json"]);
    expect(stranger.tables).toEqual(again.tables);
  },
  PATIENCE,
);

test("a place in PostgreSQL is not overwritten unless 미나 says so", async () => {
  const { code, err } = await onPostgres(["copy", "--from", `sqlite:${join(folder, "back")}`, "--to", url]);
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringMatching(
      /^postgres:\/\/127\.0\.0\.1:\d+\/t_[0-9a-f]+ is not empty: 달빛 사랑방 \(2 accounts\) lives there\./,
    ),
  });
});

test(
  "the doctor finds PostgreSQL well, and says what is not",
  async () => {
    const doctor = async () => {
      const { code, out } = await onPostgres(["doctor", "--json"]);
      const { findings } = JSON.parse(out) as { findings: Finding[] };
      return {
        code,
        wrong: findings.filter(({ ok }) => !ok).map(({ says }) => says),
        checks: findings.map(({ check }) => check),
      };
    };
    expect(await doctor()).toEqual({
      code: 0,
      wrong: [],
      checks: [
        ...["settings", "durability", "writes", "clock", "schema", "indexes"],
        ...["heads", "counters", "unread", "orphans", "changes"],
      ],
    });
    const { code, out: said } = await onPostgres(["doctor", "--json"], await freshDatabase(postgres));
    expect({ code, said }).toEqual({
      code: 0,
      said: expect.stringContaining("is empty yet; the first start fills it."),
    });
    await query(url, "update rooms set head = head + 1");
    expect(await doctor()).toMatchObject({
      code: 1,
      wrong: [expect.stringMatching(/^A room has a head that is not the number of the last change/)],
    });
    const { host } = new URL(url);
    const { out } = await onPostgres(["doctor", "--json"], `postgres://postgres:hush@${host}/x`);
    expect(out).toContain(`PostgreSQL at ${host} does not let the user postgres in`);
    expect(out).not.toContain("hush");
  },
  PATIENCE,
);
