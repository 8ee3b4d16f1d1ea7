import { and, eq, exists, sql, type WithSubquery } from "drizzle-orm";
import type { Db } from "./connection.ts";
import { dialect } from "./dialect.ts";
import { prepared } from "./prepared.ts";
import { memberships, messages, rooms } from "./tables.ts";

/** A message as it is stored when it is posted. */
export interface NewMessage {
  id: string;
  room: string;
  rev: number;
  countable: number;
  author: string;
  clientId: string | null;
  text: string;
  now: number;
}

/**
 * Stores a message under its number, counts it in its room and moves its author's read mark (where there is one) up to it. False when the author has
 * used the client id before: then nothing was done.
 */
export async function storeMessage(db: Db, message: NewMessage): Promise<boolean> {
  const values = { ...message };
  if (dialect === "postgres") return (await atOnce(db).store.execute(values)).length > 0;
  const { insert, count, read } = oneByOne(db);
  if ((await insert.execute(values)).length === 0) return false;
  await count.execute(values);
  await read.execute(values);
  return true;
}

const given = sql.placeholder;

/** The unique index decides what is a duplicate. */
function inserting(db: Db) {
  return db
    .insert(messages)
    .values({
      room: given("room"),
      seq: given("rev"),
      rev: given("rev"),
      countable: given("countable"),
      id: given("id"),
      author: given("author"),
      clientId: given("clientId"),
      text: given("text"),
      createdAt: given("now"),
    })
    .onConflictDoNothing({ target: [messages.author, messages.clientId] })
    .returning({ seq: messages.seq });
}

function counting(db: Db) {
  const counted = { head: sql`${given("rev")}`, lastSeq: sql`${given("rev")}`, countable: sql`${given("countable")}` };
  return db.update(rooms).set(counted);
}

function reading(db: Db) {
  const mark = { readSeq: sql`${given("rev")}`, readCountable: sql`${given("countable")}`, mentions: 0 };
  return db.update(memberships).set(mark);
}

const inTheRoom = eq(rooms.id, given("room"));
const ofTheAuthor = and(eq(memberships.room, given("room")), eq(memberships.user, given("author")));

const oneByOne = prepared((db) => ({
  insert: inserting(db),
  count: counting(db).where(inTheRoom),
  read: reading(db).where(ofTheAuthor),
}));

/** What drizzle can do besides, on PostgreSQL: give a name to a statement that changes something. */
interface Naming {
  $with(name: string): { as(query: unknown): WithSubquery & Pick<typeof messages, "seq"> };
}

/** In one statement, because each costs PostgreSQL and us about as much as all of this. */
const atOnce = prepared((db) => {
  const naming = db as unknown as Naming;
  const stored = naming.$with("stored").as(inserting(db));
  const ifStored = exists(db.select().from(stored));
  const counted = naming.$with("counted").as(counting(db).where(and(inTheRoom, ifStored)));
  const read = naming.$with("read").as(reading(db).where(and(ofTheAuthor, ifStored)));
  return { store: db.with(stored, counted, read).select({ seq: stored.seq }).from(stored) };
});
