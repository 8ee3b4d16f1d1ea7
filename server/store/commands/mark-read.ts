import { and, desc, eq, lte, sql } from "drizzle-orm";
import { type Asking, enter } from "#server/store/access.ts";
import { prepared } from "#server/store/prepared.ts";
import { memberships, messages } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/** Everything up to `seq` was read. Marks only move forward; whoever has not joined keeps none. */
export async function markRead(tx: Transaction, input: Asking & { room: string; seq: number }): Promise<void> {
  const { membership, room } = await enter(tx.db, input, "read");
  const seq = Math.min(input.seq, room.lastSeq);
  if (!membership || seq <= membership.readSeq) return;
  const { upTo, mark } = statements(tx.db);
  const [last] = await upTo.execute({ room: room.id, seq });
  const readCountable = last?.countable ?? 0;
  const { user } = membership;
  await mark.execute({ room: room.id, user, seq, readCountable });
  tx.told({ type: "read", user, room: room.id, readSeq: seq, readCountable, mentions: 0 });
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  upTo: db
    .select({ countable: messages.countable })
    .from(messages)
    .where(and(eq(messages.room, given("room")), lte(messages.seq, given("seq"))))
    .orderBy(desc(messages.seq))
    .limit(1),
  mark: db
    .update(memberships)
    .set({ readSeq: sql`${given("seq")}`, readCountable: sql`${given("readCountable")}`, mentions: 0 })
    .where(and(eq(memberships.room, given("room")), eq(memberships.user, given("user")))),
}));
