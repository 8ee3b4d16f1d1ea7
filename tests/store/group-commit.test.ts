import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { Refusal } from "#lib/chat/refusal.ts";
import { connect } from "#server/store/connection.ts";
import { type CommandMap, groupCommit } from "#server/store/group-commit.ts";
import { migrate } from "#server/store/migrate.ts";
import { settings } from "#server/store/sqlite.ts";
import { tempFolder } from "./temp-folder.ts";

const commands: CommandMap = {
  async set({ db }, [key, value]: [string, string]) {
    await db.insert(settings).values({ key, value });
    return value;
  },
  async setAndRefuse({ db }, key: string) {
    await db.insert(settings).values({ key, value: "never" });
    throw new Refusal("read-only");
  },
  async setAndFail({ db }, key: string) {
    await db.insert(settings).values({ key, value: "never" });
    throw new TypeError("a defect");
  },
  async setAndDawdle({ db }, key: string) {
    await db.insert(settings).values({ key, value: "never" });
    await setImmediate();
  },
  async change(tx, subject: string) {
    await tx.changed("room", subject);
    tx.told({ type: "read", user: "u", room: subject, readSeq: 1, readCountable: 1, mentions: 0 });
  },
  async changeAndRefuse(tx, subject: string) {
    await tx.changed("room", subject);
    throw new Refusal("read-only");
  },
};

function open(busyTimeout = 50) {
  const file = join(tempFolder(), "chat.db");
  const connection = connect({ file, busyTimeout });
  migrate(connection);
  const commit = groupCommit(connection, commands, 0);
  let id = 0;
  return {
    file,
    connection,
    commit: (...calls: [string, unknown][]) => commit(calls.map(([name, input]) => ({ id: ++id, name, input }))),
    stored: async (key: string) => (await connection.db.select().from(settings).where(eq(settings.key, key)))[0]?.value,
  };
}

test("a command that is refused or has a defect rolls back alone; its neighbours are stored", async () => {
  const { commit, stored } = open();
  const { outcomes } = await commit(
    ["set", ["a", "1"]],
    ["setAndRefuse", "b"],
    ["setAndFail", "c"],
    ["set", ["d", "4"]],
  );
  expect(outcomes).toMatchObject([
    { ok: true, result: "1" },
    { ok: false, refusal: { code: "read-only" } },
    { ok: false, defect: { message: "TypeError: a defect" } },
    { ok: true, result: "4" },
  ]);
  expect([await stored("a"), await stored("b"), await stored("c"), await stored("d")]).toEqual([
    "1",
    undefined,
    undefined,
    "4",
  ]);
});

test("what a command tells is told only when it commits, numbered without a gap", async () => {
  const { commit } = open();
  const { outcomes } = await commit(["change", "first"], ["changeAndRefuse", "never"], ["change", "second"]);
  expect(outcomes).toMatchObject([
    { changes: [{ n: 1, kind: "room", subject: "first" }], effects: [{ room: "first" }] },
    { ok: false },
    { changes: [{ n: 2, kind: "room", subject: "second" }], effects: [{ room: "second" }] },
  ]);
});

test("a change that another process committed comes before everything in the next batch, once", async () => {
  const { file, commit } = open();
  const other = groupCommit(connect({ file, busyTimeout: 50 }), commands, 0);
  await commit(["change", "ours"]);
  await other([{ id: 1, name: "change", input: "theirs" }]);
  const batch = await commit(["change", "ours again"]);
  expect(batch.foreign).toMatchObject([{ n: 2, subject: "theirs" }]);
  expect(batch.outcomes).toMatchObject([{ changes: [{ n: 3 }] }]);
  expect((await commit(["set", ["a", "1"]])).foreign).toEqual([]);
});

test("a command that awaits something else than the database is named, its batch is busy, and nothing of it stays", async () => {
  const { commit, connection, stored } = open();
  const batch = await commit(["set", ["a", "1"]], ["setAndDawdle", "b"], ["set", ["c", "3"]]);
  expect(batch.stuck).toBe(true);
  expect(batch.outcomes).toMatchObject([
    { refusal: { code: "busy" } },
    { defect: { message: "The command setAndDawdle awaited something else than the database." } },
    { refusal: { code: "busy" } },
  ]);
  expect(connection.sqlite.inTransaction).toBe(false);
  expect(await stored("a")).toBeUndefined();
});

test("while another process holds the lock everybody in the batch is told busy, and a retry is stored", async () => {
  const { file, commit, stored } = open();
  const other = connect({ file, busyTimeout: 50 }).sqlite;
  other.exec("begin immediate");
  const { outcomes } = await commit(["set", ["a", "1"]], ["set", ["b", "2"]]);
  expect(outcomes).toMatchObject([{ refusal: { code: "busy" } }, { refusal: { code: "busy" } }]);
  other.exec("rollback");
  expect((await commit(["set", ["a", "1"]])).outcomes).toMatchObject([{ ok: true }]);
  expect(await stored("a")).toBe("1");
});

test("on a full disk the command is told busy, reading lives, and it recovers by itself", async () => {
  const { connection, commit, stored } = open();
  await commit(["set", ["a", "1"]]);
  const pages = connection.sqlite.pragma("page_count", { simple: true });
  connection.sqlite.pragma(`max_page_count = ${pages}`);
  const { outcomes } = await commit(["set", ["b", "2".repeat(100_000)]], ["set", ["c", "3"]]);
  expect(outcomes[0]).toMatchObject({ refusal: { code: "busy" } });
  expect(await stored("a")).toBe("1");
  expect(await stored("b")).toBeUndefined();
  connection.sqlite.pragma("max_page_count = 1000000");
  expect((await commit(["set", ["b", "2".repeat(100_000)]])).outcomes).toMatchObject([{ ok: true }]);
});
