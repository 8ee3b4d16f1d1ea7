import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "#server/store/commands.ts";
import { connect } from "#server/store/connection.ts";
import { groupCommit } from "#server/store/group-commit.ts";
import { migrate } from "#server/store/migrate.ts";
import { queries } from "#server/store/queries.ts";
import { founding, mina, minaSays, minasSession } from "./founding.ts";
import { tempFolder } from "./temp-folder.ts";

/** Runs something on a new connection and returns how SQLite finds the rows of every statement that was prepared for it. */
async function plansOf(act: (parts: ReturnType<typeof open>) => Promise<unknown>): Promise<string[]> {
  const file = join(tempFolder(), "chat.db");
  const before = open(file);
  migrate(before.connection);
  await before.run("claim", founding);
  await before.run("openSession", minasSession);
  const parts = open(file);
  const { sqlite } = parts.connection;
  const prepare = sqlite.prepare.bind(sqlite);
  const sources: string[] = [];
  sqlite.prepare = ((source: string) => {
    sources.push(source);
    return prepare(source);
  }) as typeof sqlite.prepare;
  await act(parts);
  return sources
    .filter((source) => /^(select|update|insert|delete)/.test(source))
    .flatMap((source) => {
      const values = Array(source.split("?").length - 1).fill(1);
      const steps = prepare(`explain query plan ${source}`).all(...values) as { detail: string }[];
      return steps.map(({ detail }) => detail);
    });
}

function open(file: string) {
  const connection = connect({ file, busyTimeout: 50 });
  let commit: ReturnType<typeof groupCommit> | undefined;
  const run = async (name: keyof typeof commands, input: unknown) => {
    commit ??= groupCommit(connection, commands, 0);
    const { outcomes } = await commit([{ id: 1, name, input }]);
    expect(outcomes).toMatchObject([{ ok: true }]);
  };
  return { connection, run };
}

const asMina = { actor: mina, now: founding.now, room: "by" };

test.each<[string, Parameters<typeof plansOf>[0]]>([
  ["posting again", ({ connection }) => queries.posted(connection.db, { ...asMina, clientId: "k1" })],
  ["posting", ({ run }) => run("post", minaSays("안녕", "k1"))],
  [
    "marking as read",
    async ({ run }) => {
      await run("importMessages", {
        ...asMina,
        actor: { via: "console" },
        messages: [{ id: "m1", author: "hst", text: "t", createdAt: 1 }],
      });
      await run("markRead", { ...asMina, seq: 2 });
    },
  ],
  [
    "editing and deleting",
    async ({ run }) => {
      await run("post", minaSays("안녕", "k1"));
      await run("editMessage", { ...asMina, messageId: "mk1", seq: 2, text: "안녕하세요" });
      await run("deleteMessage", { ...asMina, messageId: "mk1", seq: 2 });
    },
  ],
  ["a page", ({ connection }) => queries.page(connection.db, { ...asMina, around: 1 })],
  ["a replay", ({ connection }) => queries.replay(connection.db, { ...asMina, from: 0 })],
  ["what was missed", ({ connection }) => queries.missed(connection.db, { room: "by", rev: 0 })],
  ["the heads of rooms", ({ connection }) => queries.heads(connection.db, { rooms: ["by", "other"] })],
  ["the rooms one has joined", ({ connection }) => queries.joinedRooms(connection.db, { user: "mna" })],
  ["a session's person", ({ connection }) => queries.actorOf(connection.db, { session: "ss", now: 1 })],
  ["a token's person", ({ connection }) => queries.actorOf(connection.db, { tokenHash: "x", now: 1 })],
  ["the changes of others", ({ connection }) => queries.changesAfter(connection.db, 0)],
])("%s looks everything up by an index", async (_what, act) => {
  const plans = await plansOf(act);
  expect(plans.length).toBeGreaterThan(0);
  // FTS5 calls everything a scan; what it is asked by stands behind the colon.
  for (const plan of plans) expect(plan).toMatch(/^(SEARCH|SCAN \w+ VIRTUAL TABLE INDEX \d+:\S)/);
});

test.each<[string, Parameters<typeof plansOf>[0]]>([
  ["a replay", ({ connection }) => queries.replay(connection.db, { ...asMina, from: 0 })],
  ["what was missed", ({ connection }) => queries.missed(connection.db, { room: "by", rev: 0 })],
])("%s finds what was changed without reading what was not", async (_what, act) => {
  const plans = await plansOf(act);
  expect(plans.filter((plan) => plan.includes("messages_room_changed (room=? AND rev>?)"))).toHaveLength(1);
});
