import { and, eq } from "drizzle-orm";
import { forgetMessage, reindexMessage } from "#server/store/search/index-message.ts";
import { messages } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

interface At {
  room: string;
  seq: number;
}

const at = ({ room, seq }: At) => and(eq(messages.room, room), eq(messages.seq, seq));

/** What concerns search of an edit. */
export async function edit({ db }: Transaction, input: At & { author: string; text: string }): Promise<void> {
  await db.update(messages).set({ text: input.text }).where(at(input));
  await reindexMessage(db, input);
}

/** What concerns search of a deletion. */
export async function remove({ db }: Transaction, input: At): Promise<void> {
  await db.update(messages).set({ text: "", deletedAt: 1 }).where(at(input));
  await forgetMessage(db, input);
}
