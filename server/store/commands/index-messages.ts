import { and, asc, eq, gt, inArray, lte, sql } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { gramsIn } from "#server/store/search/grams.ts";
import { gramsOfMessage } from "#server/store/search/index-message.ts";
import { freeIds } from "#server/store/search/search-ids.ts";
import { messages, rooms, searchMarks, searchRows } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/** Bounds what one piece takes, as others wait for it: in SQLite people's messages, on PostgreSQL whoever edits. Messages, and UTF-16 units of their texts. */
const MOST = 100;
const LONGEST = 20_000;

/**
 * Makes the next messages of these rooms searchable, after those that are: some of the first rooms with such messages. For the server itself; as often as
 * there is `more`.
 */
export async function indexMessages({ db }: Transaction, input: { rooms: readonly string[] }): Promise<Indexed> {
  // Before anything is read: an edit that came first is seen, and one that comes later sees what is written here.
  await gramsIn(db).hold();
  const waiting = await roomsBehind(db, input.rooms);
  const { rows, marks, more } = await piece(db, waiting);
  if (rows.length > 0) await index(db, rows);
  if (marks.length > 0) await mark(db, marks);
  return { more };
}

interface Indexed {
  more: boolean;
}

interface Behind {
  room: string;
  last: number;
  done: number;
}

async function roomsBehind(db: Db, asked: readonly string[]): Promise<Behind[]> {
  const done = sql<number>`coalesce(${searchMarks.seq}, 0)`;
  const found = await db
    .select({ room: rooms.id, last: rooms.lastSeq, done })
    .from(rooms)
    .leftJoin(searchMarks, eq(searchMarks.room, rooms.id))
    .where(and(inArray(rooms.id, [...asked]), gt(rooms.lastSeq, done)))
    .orderBy(asc(rooms.id));
  return found.map(({ room, last, done }) => ({ room, last, done: Number(done) }));
}

type Row = Pick<typeof messages.$inferSelect, "room" | "seq" | "author" | "text" | "createdAt" | "deletedAt">;

interface Piece extends Indexed {
  rows: Row[];
  marks: { room: string; seq: number }[];
}

/** What was posted since `last` was read, as on PostgreSQL nobody waits for this, is left to the next piece: the mark would lie below it. */
async function piece(db: Db, waiting: readonly Behind[]): Promise<Piece> {
  const chosen = first(waiting);
  const { next } = statements(db);
  // All begun before one is awaited: to PostgreSQL they travel together.
  const found: Row[][] = await Promise.all(
    chosen.map(({ room, done, last }) => next.execute({ room, after: done, upTo: last })),
  );
  const rows: Row[] = [];
  const marks: Piece["marks"] = [];
  let more = chosen.length < waiting.length;
  let left = LONGEST;
  for (const [n, { room, last }] of chosen.entries()) {
    const ofRoom = found[n] as Row[];
    const taken = upTo(ofRoom.slice(0, MOST - rows.length), left);
    left -= taken.reduce((sum, { text }) => sum + text.length, 0);
    const isWhole = taken.length === ofRoom.length && ofRoom.length < MOST;
    if (!isWhole) more = true;
    const seq = isWhole ? last : taken.at(-1)?.seq;
    if (seq !== undefined) marks.push({ room, seq });
    rows.push(...taken);
  }
  return { rows, marks, more };
}

/** The first rooms, with as many messages as a piece has. Numbers that edits took count as messages here. */
function first(waiting: readonly Behind[]): readonly Behind[] {
  let span = 0;
  const end = waiting.findIndex(({ last, done }) => {
    span += last - done;
    return span >= MOST;
  });
  return end < 0 ? waiting : waiting.slice(0, end + 1);
}

/** As many as have `length` units together, or are the first beyond it. */
function upTo(rows: readonly Row[], length: number): readonly Row[] {
  let left = length;
  const end = rows.findIndex(({ text }) => {
    const isBeyond = left <= 0;
    left -= text.length;
    return isBeyond;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

async function index(db: Db, found: readonly Row[]): Promise<void> {
  const ids = await freeIds(
    db,
    found.map(({ createdAt }) => createdAt),
  );
  const rows = found.map((row, n) => ({ ...row, id: ids[n] as number }));
  await db.insert(searchRows).values(rows.map(({ id, room, seq }) => ({ id, room, seq })));
  await gramsIn(db).put(
    rows
      .filter(({ deletedAt }) => deletedAt === null)
      // FTS5 writes what it holds to the disk as soon as an id is lower than the one before.
      .sort((one, other) => one.id - other.id)
      .map((row) => ({ id: row.id, grams: gramsOfMessage(row) })),
  );
}

async function mark(db: Db, marks: Piece["marks"]): Promise<void> {
  await db
    .insert(searchMarks)
    .values(marks)
    .onConflictDoUpdate({ target: searchMarks.room, set: { seq: sql`excluded.seq` } });
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  next: db
    .select({
      ...{ room: messages.room, seq: messages.seq, author: messages.author },
      ...{ text: messages.text, createdAt: messages.createdAt, deletedAt: messages.deletedAt },
    })
    .from(messages)
    .where(and(eq(messages.room, given("room")), gt(messages.seq, given("after")), lte(messages.seq, given("upTo"))))
    .orderBy(asc(messages.seq))
    .limit(MOST),
}));
