import { and, desc, eq, sql } from "drizzle-orm";
import { LIMITS } from "#lib/chat/limits.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, type Entry, look } from "./access.ts";
import type { Db } from "./connection.ts";
import { prepared } from "./prepared.ts";
import { BEYOND } from "./queries/messages.ts";
import { messages, rooms } from "./tables.ts";
import type { Transaction } from "./transaction.ts";
import { type MessageRow, viewMessage } from "./views.ts";

/** Which message is meant. */
export interface Named {
  room: string;
  messageId: string;
  /** Where it stands. Without it only the newest 500 of the room are looked through: ids have no index, which would cost every post (decision 0017). */
  seq?: number;
}

/** The numbers that a RECEIPT names. */
export interface Numbers {
  rev: number;
  seq: number;
}

/**
 * The message that is named, and the room around it. `not-found` for one that is of another room or of none, as for a room that one may not enter:
 * there nothing is looked for.
 */
export async function findMessage(db: Db, input: Asking & Named): Promise<{ entry: Entry; message: MessageRow }> {
  const entry = await look(db, input);
  if (!entry) throw new Refusal("not-found");
  const seq = input.seq ?? (await seqOf(db, input));
  const [message] =
    seq === undefined ? [] : await statements(db).at.execute({ room: input.room, seq: Math.min(seq, BEYOND) });
  if (message?.id !== input.messageId) throw new Refusal("not-found");
  return { entry, message };
}

async function seqOf(db: Db, { room, messageId }: Named): Promise<number | undefined> {
  const [found] = await search(db).newest.execute({ room, messageId });
  return found?.seq;
}

/** Moves the room's counter on to the rev under which this state of a message was stored, and tells of it. */
export async function tellRevised(tx: Transaction, message: MessageRow, time: number): Promise<Numbers> {
  const { room, rev, seq, clientId } = message;
  await statements(tx.db).count.execute({ room, rev });
  const body = JSON.stringify(viewMessage(message));
  tx.told({ type: "revised", room, rev, body, time, ...(clientId !== null && { clientId }) });
  return { rev, seq };
}

const given = sql.placeholder;

const search = prepared((db) => {
  const some = db
    .select({ id: messages.id, seq: messages.seq })
    .from(messages)
    .where(eq(messages.room, given("room")))
    .orderBy(desc(messages.seq))
    .limit(LIMITS.replay)
    .as("some");
  return {
    newest: db
      .select({ seq: some.seq })
      .from(some)
      .where(eq(some.id, given("messageId"))),
  };
});

const statements = prepared((db) => ({
  at: db
    .select()
    .from(messages)
    .where(and(eq(messages.room, given("room")), eq(messages.seq, given("seq")))),
  count: db
    .update(rooms)
    .set({ head: sql`${given("rev")}` })
    .where(eq(rooms.id, given("room"))),
}));
