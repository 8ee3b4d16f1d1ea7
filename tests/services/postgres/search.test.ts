import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { LOCKS } from "#server/store/postgres/advisory-locks.ts";
import { shareDatabase } from "#server/store/postgres/server-lock.ts";
import type { Store } from "#server/store/store.ts";
import { asConsole, founding, mina, minaSays } from "#tests/store/founding.ts";
import { query } from "#tests/support/services/postgres.ts";
import { until } from "#tests/support/until.ts";
import { openTwoNodes } from "./open-store.ts";

const open = { topic: "", kind: "open", posting: "everyone" } as const;
const asMina = { actor: mina, now: founding.now, room: "by" };

test("beside servers that run 미나 edits and deletes, and what she says is made searchable", async () => {
  const {
    url,
    nodes: [node],
  } = await openTwoNodes();
  for (const letGo of [await shareDatabase(url), await shareDatabase(url)]) onTestFinished(letGo);
  const { id: messageId, seq } = await node.write("post", minaSays("처음 말", "k1"));
  expect(await node.write("indexMessages", { rooms: ["by"] })).toEqual({ more: false });
  expect(await node.write("editMessage", { ...asMina, messageId, seq, text: "고친 말" })).toMatchObject({ seq });
  expect(await node.write("deleteMessage", { ...asMina, messageId, seq })).toMatchObject({ seq });
});

test("what is posted while another node makes the room searchable is made searchable by the next piece", async () => {
  const {
    url,
    nodes: [node],
  } = await openTwoNodes();
  await node.write("post", minaSays("먼저 한 말", "k1"));
  // Between its look at the room and its look at the messages: nobody may look at those, and who keeps them adds one.
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  await holder.query("begin; lock table messages in access exclusive mode");
  const piece = node.write("indexMessages", { rooms: ["by"] });
  await until("the piece to wait", async () => (await waiting(url)) === 1);
  await holder.query(
    `insert into messages select (jsonb_populate_record(m, '{"id": "between", "seq": 3, "rev": 3, "client_id": "k2"}')).*
      from messages m where seq = 2`,
  );
  await holder.query("update rooms set last_seq = 3, head = 3 where id = 'by'; commit");
  await holder.end();
  await piece;
  expect(await query(url, "select seq from search_rows order by seq")).toEqual([{ seq: 1 }, { seq: 2 }]);
  await node.write("indexMessages", { rooms: ["by"] });
  expect(await node.read("unindexed")).toEqual([]);
  expect(await query(url, "select seq from search_rows order by seq")).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
});

test("who edits and then joins, and who joins and then edits, on two nodes are in nobody's way", async () => {
  const {
    url,
    nodes: [node, other],
  } = await openTwoNodes();
  const jun = await person(node, "jun");
  const asking = { now: founding.now };
  const said = [];
  for (const room of ["here", "there"]) {
    await node.write("createRoom", { ...asConsole, id: room, room: { ...open, name: room } });
    const { id: messageId, seq } = await node.write("post", { ...minaSays("말", room), room });
    said.push({ ...asking, actor: mina, room, messageId, seq, text: "고친 말" });
  }
  const [here, there] = said as [(typeof said)[0], (typeof said)[0]];
  const joins = (room: string) => ({ ...asking, actor: jun, room, id: `j${room}`, text: "저 왔어요" });
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  await holder.query("select pg_advisory_lock($1)", [LOCKS.search]);
  const first = [node.write("editMessage", here), node.write("post", joins("here"))];
  await until("the one to wait", async () => (await waiting(url)) === 1);
  const second = [other.write("post", joins("there")), other.write("editMessage", there)];
  await until("the other to wait", async () => (await waiting(url)) === 2);
  await holder.end();
  await Promise.all([...first, ...second]);
  // A connection tells what it did when it ends.
  for (const each of [node, other]) await each.close();
  const [told] = await query(url, "select deadlocks::int from pg_stat_database where datname = current_database()");
  expect(told).toEqual({ deadlocks: 0 });
});

/** Somebody with a session, who is in no room yet. */
async function person(store: Store, id: string) {
  const plain = { role: "member", kind: "person", passwordHash: null } as const;
  await store.write("addPerson", { ...asConsole, person: { ...plain, id, name: id, email: `${id}@example.com` } });
  const session = { id: `s-${id}`, user: id, now: founding.now, expiresAt: founding.now * 2, userAgent: "" };
  await store.write("openSession", session);
  return { via: "session", user: id, session: session.id, expiresAt: session.expiresAt } as const;
}

/** How many wait for others to be done with messages, or with what search is made of. */
async function waiting(url: string): Promise<number> {
  const [row] = await query(
    url,
    `select count(*)::int as n from pg_locks where not granted
      and (relation = 'messages'::regclass or (locktype = 'advisory' and objid = ${LOCKS.search}
        and database = (select oid from pg_database where datname = current_database())))`,
  );
  return row?.n as number;
}
