import { and, asc, eq, gt, lte } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { dialect } from "#server/store/dialect.ts";
import { gramsIn } from "#server/store/search/grams.ts";
import { gramsOfMessage } from "#server/store/search/index-message.ts";
import { freeIds } from "#server/store/search/search-ids.ts";
import { messages, rooms, searchMarks, searchRows } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/** Bounds what one piece takes: in SQLite it shares its batch with people's messages. Messages, and UTF-16 units of their texts. */
const MOST = dialect === "postgres" ? 50 : 100;
const LONGEST = 20_000;

/** Makes a room's next messages searchable, after those that are. For the server itself; as often as there is `more`. */
export async function indexMessages({ db }: Transaction, { room }: { room: string }): Promise<{ more: boolean }> {
  // Before anything is read: an edit that came first is seen, and one that comes later sees what is written here.
  await gramsIn(db).hold();
  const [found] = await db.select({ last: rooms.lastSeq }).from(rooms).where(eq(rooms.id, room));
  const [mark] = await db.select().from(searchMarks).where(eq(searchMarks.room, room));
  const done = mark?.seq ?? 0;
  if (!found || found.last <= done) return { more: false };
  const next = await piece(db, room, done, found.last);
  if (next.rows.length > 0) await index(db, next.rows);
  const seq = next.isLast ? found.last : (next.rows.at(-1)?.seq as number);
  await db.insert(searchMarks).values({ room, seq }).onConflictDoUpdate({ target: searchMarks.room, set: { seq } });
  return { more: !next.isLast };
}

type Row = Pick<typeof messages.$inferSelect, "room" | "seq" | "author" | "text" | "createdAt" | "deletedAt">;

/** What was posted since `last` was read, as on PostgreSQL nobody waits for this, is left to the next piece: the mark would lie below it. */
async function piece(db: Db, room: string, after: number, last: number): Promise<{ rows: Row[]; isLast: boolean }> {
  const { seq, author, text, createdAt, deletedAt } = messages;
  const found = await db
    .select({ room: messages.room, seq, author, text, createdAt, deletedAt })
    .from(messages)
    .where(and(eq(messages.room, room), gt(seq, after), lte(seq, last)))
    .orderBy(asc(seq))
    .limit(MOST);
  let length = 0;
  const end = found.findIndex((row) => {
    length += row.text.length;
    return length > LONGEST;
  });
  const rows = end < 0 ? found : found.slice(0, end + 1);
  return { rows, isLast: rows.length === found.length && found.length < MOST };
}

async function index(db: Db, found: readonly Row[]): Promise<void> {
  const grams = gramsIn(db);
  const ids = await freeIds(
    db,
    found.map(({ createdAt }) => createdAt),
  );
  const rows = found.map((row, n) => ({ ...row, id: ids[n] as number }));
  await db.insert(searchRows).values(rows.map(({ id, room, seq }) => ({ id, room, seq })));
  await grams.put(
    rows
      .filter(({ deletedAt }) => deletedAt === null)
      // FTS5 writes what it holds to the disk as soon as an id is lower than the one before.
      .sort((one, other) => one.id - other.id)
      .map((row) => ({ id: row.id, grams: gramsOfMessage(row) })),
  );
}
