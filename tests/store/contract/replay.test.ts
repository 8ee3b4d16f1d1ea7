import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commands } from "#server/store/commands.ts";
import { type Connection, connect } from "#server/store/connection.ts";
import { groupCommit } from "#server/store/group-commit.ts";
import { migrate } from "#server/store/migrate.ts";
import { missed, replay } from "#server/store/queries/messages.ts";
import { founding, mina, minasSession } from "./founding.ts";
import { tempFolder } from "./temp-folder.ts";

const ROOM = "by";

let connection: Connection;
beforeEach(async () => {
  connection = connect({ file: join(tempFolder(), "chat.db"), busyTimeout: 50 });
  migrate(connection);
  await groupCommit(
    connection,
    commands,
    0,
  )([
    { id: 1, name: "claim", input: founding },
    { id: 2, name: "openSession", input: minasSession },
  ]);
});

afterEach(() => connection.sqlite.close());

/**
 * Makes the room one in which messages were posted (`true`) and earlier ones changed (the number says which), each step under the next rev. Returns the
 * revs of its messages, lowest first.
 */
function live(steps: readonly (number | true)[]): number[] {
  const { sqlite } = connection;
  const post = sqlite.prepare(
    `insert into messages (room, seq, rev, countable, id, author, text, created_at)
     values ('${ROOM}', ?1, ?1, 1, ?1, 'mna', 't', 1)`,
  );
  const change = sqlite.prepare("update messages set rev = ?1 where seq = ?2");
  const revs = new Map<number, number>();
  sqlite.exec("begin; delete from messages");
  steps.forEach((step, index) => {
    const rev = index + 1;
    const seqs = [...revs.keys()];
    const chosen = step === true ? undefined : seqs[step % seqs.length];
    if (chosen === undefined) post.run({ 1: rev });
    else change.run({ 1: rev, 2: chosen });
    revs.set(chosen ?? rev, rev);
  });
  sqlite.prepare("update rooms set head = ?1, last_seq = ?1 where id = ?2").run({ 1: steps.length, 2: ROOM });
  sqlite.exec("commit");
  return [...revs.values()].sort((one, other) => one - other);
}

const history = fc.array(fc.oneof(fc.constant(true as const), fc.nat()), { minLength: 1, maxLength: 60 });

test("준 is replayed each message that was posted or changed since, once, in its present state and in the order of its last change", async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (steps, seed) => {
      const revs = live(steps);
      const from = seed % (steps.length + 1);
      const { messages, reset } = await replay(connection.db, { actor: mina, now: founding.now, room: ROOM, from });
      const { rows } = await missed(connection.db, { room: ROOM, rev: from });
      expect(reset).toBe(false);
      expect(messages.map(({ rev }) => rev)).toEqual(revs.filter((rev) => rev > from));
      expect(rows.map(({ message }) => message.rev)).toEqual(revs.filter((rev) => rev > from));
    }),
  );
});

test("of more than a replay may hold a node is told the newest alone, were it a change of the oldest message", async () => {
  const posts = Array.from({ length: 501 }, () => true as const);
  for (const [steps, newest] of [
    [posts, 501],
    [[...posts, 0], 502],
  ] as const) {
    live(steps);
    const { rows, skipped } = await missed(connection.db, { room: ROOM, rev: 0 });
    const { reset } = await replay(connection.db, { actor: mina, now: founding.now, room: ROOM, from: 0 });
    expect([skipped, reset]).toEqual([true, true]);
    expect(rows.map(({ message }) => message.rev)).toEqual([newest]);
  }
});
