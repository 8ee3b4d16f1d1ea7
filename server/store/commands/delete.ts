import { and, eq, sql } from "drizzle-orm";
import { mayDelete } from "#lib/chat/access.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Asking } from "#server/store/access.ts";
import { prepared } from "#server/store/prepared.ts";
import { forgetMessage } from "#server/store/search/index-message.ts";
import { findMessage, type Named, type Numbers, tellRevised } from "#server/store/stored-message.ts";
import { messages } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/**
 * Leaves a tombstone in place of a message, under the room's next number: what it said is gone, that there was one is not. One's own, or as whoever leads
 * the room somebody else's, which the audit log keeps. Deleting once more changes nothing. Counts and read marks stay.
 */
export async function deleteMessage(tx: Transaction, input: Asking & Named): Promise<Numbers> {
  const { entry, message } = await findMessage(tx.db, input);
  const { actor, now } = input;
  const isOwn = actor.via !== "console" && actor.user === message.author;
  if (!mayDelete(entry.access, isOwn)) throw new Refusal("forbidden");
  if (message.deletedAt !== null) return { rev: message.rev, seq: message.seq };
  const tombstone = { ...message, ...NOTHING, rev: entry.room.head + 1, deletedAt: now };
  await statements(tx.db).store.execute(tombstone);
  await forgetMessage(tx.db, tombstone);
  if (!isOwn) await tx.audited(actor, now, "message.delete", message.room, `${message.id} ${message.author}`);
  return await tellRevised(tx, tombstone, now);
}

/** What is left of what was said, and of what others added to it. */
const NOTHING = { text: "", editedAt: null, reactions: null, attachments: null, mentions: null };

const given = sql.placeholder;

const statements = prepared((db) => ({
  store: db
    .update(messages)
    .set({ ...NOTHING, rev: sql`${given("rev")}`, deletedAt: sql`${given("deletedAt")}` })
    .where(and(eq(messages.room, given("room")), eq(messages.seq, given("seq")))),
}));
