import { and, eq, sql } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, type Entry, enter, look } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { memberships, messages, rooms } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";
import { viewMessage } from "#server/store/views.ts";

export interface Posted {
  id: string;
  rev: number;
  seq: number;
}

/**
 * Posts a message under the room's next number. The checks come in this order: may enter → duplicate → may post. So a retry returns the first
 * result even when the room was archived in between (protocol.md, "The durable stream"). Posting in an open room joins it.
 */
export async function post(
  tx: Transaction,
  input: Asking & { room: string; id: string; text: string; clientId?: string },
): Promise<Posted> {
  const entry = await look(tx.db, input);
  if (!entry) throw new Refusal("not-found");
  // The console has no name to sign with.
  if (input.actor.via === "console") throw new Refusal("forbidden");
  const author = input.actor.user;
  const rev = entry.room.head + 1;
  const countable = entry.room.countable + 1;
  const row = { ...input, author, rev, countable, clientId: input.clientId ?? null };
  if (!entry.access.post) return await first(tx.db, row, () => enter(tx.db, input, "post"));
  const { insert, count, read } = statements(tx.db);
  const [inserted] = await insert.execute(row);
  if (!inserted) return await first(tx.db, row);
  const counted = count.execute(row);
  if (!entry.membership) await join(tx, entry, author, input.now);
  await read.execute({ ...row, user: author });
  await counted;
  tell(tx, row);
  return { id: row.id, rev, seq: rev };
}

/** What the same client id was given before; a client id that was used in another room is a mistake of the client's. */
async function first(
  db: Db,
  { author, clientId, room }: { author: string; clientId: string | null; room: string },
  refuse?: () => Promise<unknown>,
): Promise<Posted> {
  const [posted] = clientId === null ? [] : await statements(db).duplicate.execute({ author, clientId });
  if (posted?.room === room) return { id: posted.id, rev: posted.seq, seq: posted.seq };
  await refuse?.();
  throw new Refusal("malformed", { field: "clientId" });
}

async function join(tx: Transaction, { room }: Entry, user: string, now: number): Promise<void> {
  await tx.db.insert(memberships).values({ room: room.id, user, role: "member", joinedAt: now });
  await tx.changed("membership", room.id, user);
}

/** A message as it is stored when it is posted. */
interface NewRow {
  id: string;
  room: string;
  rev: number;
  countable: number;
  author: string;
  clientId: string | null;
  text: string;
  now: number;
}

/** What becomes of a message only later. */
const NOT_YET = {
  ...{ editedAt: null, deletedAt: null, replyTo: null, threadOf: null },
  ...{ reactions: null, attachments: null, mentions: null },
};

/** Made of what was given: reading the row again would cost as much as writing it. */
function tell(tx: Transaction, row: NewRow): void {
  const { room, rev, countable, author, now: time, clientId } = row;
  const body = JSON.stringify(viewMessage({ ...NOT_YET, ...row, seq: rev, createdAt: time }));
  // First, so that one's own message never counts as unread on another device.
  tx.told({ type: "read", user: author, room, readSeq: rev, readCountable: countable, mentions: 0 });
  tx.told({ type: "posted", room, rev, countable, author, body, time, ...(clientId !== null && { clientId }) });
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  // The unique indexes decide what is a duplicate.
  insert: db
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
    .returning({ seq: messages.seq }),
  duplicate: db
    .select({ room: messages.room, id: messages.id, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.author, given("author")), eq(messages.clientId, given("clientId")))),
  count: db
    .update(rooms)
    .set({ head: sql`${given("rev")}`, lastSeq: sql`${given("rev")}`, countable: sql`${given("countable")}` })
    .where(eq(rooms.id, given("room"))),
  read: db
    .update(memberships)
    .set({ readSeq: sql`${given("rev")}`, readCountable: sql`${given("countable")}`, mentions: 0 })
    .where(and(eq(memberships.room, given("room")), eq(memberships.user, given("user")))),
}));
