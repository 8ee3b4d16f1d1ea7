import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { shareDatabase } from "#server/store/postgres/server-lock.ts";
import { founding, mina, minaSays } from "#tests/store/founding.ts";
import { query } from "#tests/support/services/postgres.ts";
import { until } from "#tests/support/until.ts";
import { openTwoNodes } from "./open-store.ts";

const asMina = { actor: mina, now: founding.now, room: "by" };

test("beside servers that run 미나 edits and deletes, and what she says is made searchable", async () => {
  const {
    url,
    nodes: [node],
  } = await openTwoNodes();
  for (const letGo of [await shareDatabase(url), await shareDatabase(url)]) onTestFinished(letGo);
  const { id: messageId, seq } = await node.write("post", minaSays("처음 말", "k1"));
  expect(await node.write("indexMessages", { room: "by" })).toEqual({ more: false });
  expect(await node.write("editMessage", { ...asMina, messageId, seq, text: "고친 말" })).toMatchObject({ seq });
  expect(await node.write("deleteMessage", { ...asMina, messageId, seq })).toMatchObject({ seq });
});

test("what is posted on one node while another makes the room searchable is made searchable by the next piece", async () => {
  const {
    url,
    nodes: [node, other],
  } = await openTwoNodes();
  await node.write("post", minaSays("먼저 한 말", "k1"));
  // Between its look at the room and its look at the messages.
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  await holder.query("begin; lock table search_marks");
  const piece = node.write("indexMessages", { room: "by" });
  await until("the piece to wait", async () => (await waiting(url)) === 1);
  await other.write("post", minaSays("그사이 한 말", "k2"));
  await holder.query("commit");
  await holder.end();
  await piece;
  await node.write("indexMessages", { room: "by" });
  expect(await node.read("unindexed")).toEqual([]);
  expect(await query(url, "select seq from search_rows order by seq")).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
});

/** How many wait for the marks of search. */
async function waiting(url: string): Promise<number> {
  const [row] = await query(
    url,
    "select count(*)::int as n from pg_locks where not granted and relation = 'search_marks'::regclass",
  );
  return row?.n as number;
}
