import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "#server/store/connection.ts";
import { openStore, type StoreOptions } from "#server/store/store.ts";
import { until } from "#tests/support/until.ts";
import { asConsole, founding, mina, minaSays, minasSession } from "./founding.ts";
import { tempFolder } from "./temp-folder.ts";

async function open(options: Partial<StoreOptions> = {}) {
  const store = await openStore({ file: join(tempFolder(), "chat.db"), pollEvery: 20, busyTimeout: 200, ...options });
  onTestFinished(() => store.close());
  return store;
}

async function openFounded(options: Partial<StoreOptions> = {}) {
  const store = await open(options);
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  return store;
}

test("a writer that is stuck is replaced, and the next command is answered", async () => {
  const store = await openFounded({ writerModule: new URL("./stuck-writer.ts", import.meta.url) });
  const stuck = store.write("renamePlace", { ...asConsole, name: "다른 이름" });
  await expect(stuck).rejects.toThrow("awaited something else");
  const { rev } = await until("the new writer", () =>
    store.write("post", minaSays("다시", "k1")).catch(() => undefined),
  );
  expect(rev).toBe(2);
});

test("another process that holds the lock makes a write busy after a while, and reading goes on", async () => {
  const file = join(tempFolder(), "chat.db");
  const store = await openFounded({ file });
  const other = connect({ file, busyTimeout: 0 }).sqlite;
  other.exec("begin immediate");
  onTestFinished(() => void other.close());
  // Awaited from the beginning: reading may take longer on a busy machine.
  const busy = { code: "busy", retryAfter: 1 };
  const refused = expect(store.write("post", minaSays("기다림", "k1"))).rejects.toMatchObject(busy);
  expect((await store.read("inbox", { actor: mina, now: founding.now })).rooms).toHaveLength(1);
  await refused;
  other.exec("rollback");
  expect(await store.write("post", minaSays("기다림", "k1"))).toMatchObject({ rev: 2 });
});

test("kill -9 in the middle of writing loses no message that was answered, and leaves no hole", async () => {
  const file = join(tempFolder(), "chat.db");
  const child = spawn(process.execPath, [new URL("./keep-posting.ts", import.meta.url).pathname, file]);
  let answered = "";
  child.stdout.on("data", (chunk) => {
    answered += chunk;
  });
  await until("some messages to be answered", () => answered.length > 400, 20_000);
  child.kill("SIGKILL");
  await until("the process to be gone", () => child.signalCode !== null);
  const { sqlite } = connect({ file, busyTimeout: 1_000 });
  onTestFinished(() => void sqlite.close());
  expect(sqlite.pragma("integrity_check", { simple: true })).toBe("ok");
  const rows = sqlite.prepare("select rev, client_id from messages where room = 'by' order by rev").all() as {
    rev: number;
    client_id: string | null;
  }[];
  expect(rows.map(({ rev }) => rev)).toEqual(rows.map((_, index) => index + 1));
  const stored = rows.map((row) => row.client_id);
  const lines = answered.slice(0, answered.lastIndexOf("\n")).split("\n");
  for (const clientId of lines) expect(stored.filter((id) => id === clientId)).toHaveLength(1);
});

test("a file that is no database is refused with one sentence", async () => {
  const file = join(tempFolder(), "chat.db");
  writeFileSync(file, "오늘의 할 일\n".repeat(200));
  await expect(openStore({ file })).rejects.toThrow(/is not a SQLite database/);
});

test("a folder that does not exist is refused with one sentence", async () => {
  const file = join(tempFolder(), "nowhere", "chat.db");
  await expect(openStore({ file })).rejects.toThrow(/cannot be opened; check that its folder exists/);
});

test("a file that another program has locked is refused with one sentence", async () => {
  const file = join(tempFolder(), "chat.db");
  const other = connect({ file, busyTimeout: 0 }).sqlite;
  other.exec("begin immediate");
  onTestFinished(() => void other.close());
  await expect(openStore({ file, busyTimeout: 50 })).rejects.toThrow(/is locked by another program/);
});

test("a SQLite that is too old is refused with one sentence", async () => {
  const file = join(tempFolder(), "chat.db");
  await expect(openStore({ file, oldestSqlite: "99.1.0" })).rejects.toThrow(/^SQLite 99\.1\.0 or newer is needed/);
});
