import { and, eq, sql } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, enter, personOf } from "#server/store/access.ts";
import { prepared } from "#server/store/prepared.ts";
import { reindexMessage } from "#server/store/search/index-message.ts";
import { findMessage, type Named, type Numbers, tellRevised } from "#server/store/stored-message.ts";
import { messages } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/**
 * Gives one's own message another text, under the room's next number. The checks come in this order: may enter → is there, and not deleted → is one's
 * own → says something else → may post. So a retry returns the present numbers even when the room was archived in between. Counts and read marks stay.
 */
export async function editMessage(tx: Transaction, input: Asking & Named & { text: string }): Promise<Numbers> {
  const { entry, message } = await findMessage(tx.db, input);
  if (message.deletedAt !== null) throw new Refusal("not-found");
  if (message.author !== personOf(input.actor)) throw new Refusal("forbidden");
  if (message.text === input.text) return { rev: message.rev, seq: message.seq };
  if (!entry.access.post) await enter(tx.db, input, "post");
  const { text, now } = input;
  const edited = { ...message, rev: entry.room.head + 1, text, editedAt: now };
  await statements(tx.db).store.execute(edited);
  await reindexMessage(tx.db, edited);
  return await tellRevised(tx, edited, now);
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  store: db
    .update(messages)
    .set({ rev: sql`${given("rev")}`, text: sql`${given("text")}`, editedAt: sql`${given("editedAt")}` })
    .where(and(eq(messages.room, given("room")), eq(messages.seq, given("seq")))),
}));
