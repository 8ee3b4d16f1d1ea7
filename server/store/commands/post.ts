import { and, eq, sql } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, enter, look } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { type NewMessage, storeMessage } from "#server/store/new-message.ts";
import { prepared } from "#server/store/prepared.ts";
import { memberships, messages } from "#server/store/tables.ts";
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
  if (!(await storeMessage(tx.db, row))) return await first(tx.db, row);
  if (!entry.membership) await join(tx, row);
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

async function join(tx: Transaction, { room, author: user, rev, countable, now }: NewMessage): Promise<void> {
  const read = { readSeq: rev, readCountable: countable };
  await tx.db.insert(memberships).values({ room, user, role: "member", joinedAt: now, ...read });
  await tx.changed("membership", room, user);
}

/** What becomes of a message only later. */
const NOT_YET = {
  ...{ editedAt: null, deletedAt: null, replyTo: null, threadOf: null },
  ...{ reactions: null, attachments: null, mentions: null },
};

/** Made of what was given: reading the row again would cost as much as writing it. */
function tell(tx: Transaction, row: NewMessage): void {
  const { room, rev, countable, author, now: time, clientId } = row;
  const body = JSON.stringify(viewMessage({ ...NOT_YET, ...row, seq: rev, createdAt: time }));
  // First, so that one's own message never counts as unread on another device.
  tx.told({ type: "read", user: author, room, readSeq: rev, readCountable: countable, mentions: 0 });
  tx.told({ type: "posted", room, rev, countable, author, body, time, ...(clientId !== null && { clientId }) });
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  duplicate: db
    .select({ room: messages.room, id: messages.id, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.author, given("author")), eq(messages.clientId, given("clientId")))),
}));
