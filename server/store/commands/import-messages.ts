import { eq } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, enter } from "#server/store/access.ts";
import { memberships, messages, rooms } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

export interface ImportedMessage {
  id: string;
  author: string;
  text: string;
  createdAt: number;
}

// SQLite binds at most 32,766 values in one statement.
const AT_ONCE = 500;

/**
 * Appends many messages of others, with times of their own; the operator's command line alone may. A running server finds them as it finds
 * whatever another node wrote. `read` moves everybody's read mark to the last of them.
 */
export async function importMessages(
  tx: Transaction,
  input: Asking & { room: string; messages: ImportedMessage[]; read?: boolean },
): Promise<{ head: number }> {
  if (input.actor.via !== "console") throw new Refusal("forbidden");
  const { room } = await enter(tx.db, input, "manage");
  const { head, countable } = await appendMessages(tx, room, input.messages);
  if (input.read) {
    await tx.db
      .update(memberships)
      .set({ readSeq: head, readCountable: countable })
      .where(eq(memberships.room, room.id));
  }
  return { head };
}

export async function appendMessages(
  tx: Transaction,
  room: { id: string; head: number; countable: number },
  appended: ImportedMessage[],
): Promise<{ head: number; countable: number }> {
  const rows = appended.map((message, index) => {
    const seq = room.head + index + 1;
    return { ...message, room: room.id, seq, rev: seq, countable: room.countable + index + 1 };
  });
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await tx.db.insert(messages).values(rows.slice(start, start + AT_ONCE));
  }
  const head = room.head + rows.length;
  const countable = room.countable + rows.length;
  await tx.db.update(rooms).set({ head, lastSeq: head, countable }).where(eq(rooms.id, room.id));
  return { head, countable };
}
