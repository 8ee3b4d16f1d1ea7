import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Message, MessagePage } from "#lib/chat/message.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, enter, look, personOf } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { isChanged } from "#server/store/schema.ts";
import { messages, rooms } from "#server/store/tables.ts";
import { type MessageRow, viewMessage } from "#server/store/views.ts";
import { lastChange } from "./changes.ts";
import { epoch } from "./epoch.ts";

/** Beyond every seq there can be: the largest integer of PostgreSQL. */
export const BEYOND = 2_147_483_647;

export interface PageInput extends Asking {
  room: string;
  before?: number;
  after?: number;
  around?: number;
  limit?: number;
}

/** A page of history by seq, oldest first; none of before, after, around is the newest one. */
export async function page(db: Db, input: PageInput): Promise<MessagePage> {
  const { room } = await enter(db, input, "read");
  const rows = await pageRows(db, input);
  const first = rows[0]?.seq ?? 0;
  const last = rows.at(-1)?.seq ?? input.before ?? 0;
  const [older] = await statements(db).before.execute({ room: room.id, seq: first, limit: 1 });
  return {
    messages: rows.map(viewMessage),
    head: room.head,
    epoch: await epoch(db),
    more: { before: older !== undefined, after: rows.length > 0 ? room.lastSeq > last : input.before !== undefined },
  };
}

async function pageRows(
  db: Db,
  { room, before, after, around, limit = LIMITS.page.usual }: PageInput,
): Promise<MessageRow[]> {
  const { before: older, after: newer } = statements(db);
  if (after !== undefined) return await newer.execute({ room, seq: atMost(after), limit });
  if (around === undefined) {
    const rows = await older.execute({ room, seq: atMost(before ?? BEYOND), limit });
    return rows.reverse();
  }
  const half = Math.ceil(limit / 2);
  const upTo = await older.execute({ room, seq: atMost(around + 1), limit: half });
  const from = await newer.execute({ room, seq: atMost(around), limit: limit - half });
  return [...upTo.reverse(), ...from];
}

const atMost = (seq: number) => Math.min(seq, BEYOND);

export interface Replay {
  head: number;
  epoch: string;
  /** Too much was missed, or the cursor is of another history: nothing is replayed. */
  reset: boolean;
  messages: Message[];
}

/** What a room's stream begins with: access, rows and head of one moment. Without `from` nothing was asked for. */
export async function replay(db: Db, input: Asking & { room: string; from?: number; epoch?: string }): Promise<Replay> {
  const { room } = await enter(db, input, "read");
  const { from, epoch: theirs } = input;
  const ours = await epoch(db);
  const stands = { head: room.head, epoch: ours, messages: [] };
  if (from === undefined) return { ...stands, reset: false };
  if ((theirs !== undefined && theirs !== ours) || from > room.head || from < room.floor)
    return { ...stands, reset: true };
  const rows = await changedSince(db, room.id, from);
  if (rows.length > LIMITS.replay) return { ...stands, reset: true };
  return { ...stands, reset: false, messages: rows.map(viewMessage) };
}

/** What one's post with this client id was given, if it is stored in this room. */
export async function posted(
  db: Db,
  input: Asking & { room: string; clientId: string },
): Promise<{ rev: number; seq: number } | undefined> {
  if (!(await look(db, input))) throw new Refusal("not-found");
  const [row] = await statements(db).own.execute({ author: personOf(input.actor), clientId: input.clientId });
  return row?.room === input.room ? { rev: row.seq, seq: row.seq } : undefined;
}

export interface Missed {
  messages: Message[];
  /** How far the room had come with new messages: the last of these may be a change of an old one. */
  counts: { seq: number; countable: number };
  skipped: boolean;
  /** The last row of `changes` when this was read: who may no longer hear it has to be known first. */
  asOf: number;
}

/**
 * Messages changed since `rev`, in rev order: for a node that sees a hole in what it published. When there are more than a client is ever
 * sent again, the newest alone: whoever gets it sees the hole.
 */
export async function missed(db: Db, { room, rev }: { room: string; rev: number }): Promise<Missed> {
  const found = await changedSince(db, room, rev);
  const skipped = found.length > LIMITS.replay;
  const told = skipped ? await newest(db, room) : found;
  const [counts = { seq: 0, countable: 0 }] = await statements(db).counts.execute({ room });
  return { messages: told.map(viewMessage), counts, skipped, asOf: await lastChange(db) };
}

/** Posted or changed since, in rev order; of more than a replay may hold, one more than that. */
async function changedSince(db: Db, room: string, rev: number): Promise<MessageRow[]> {
  const { after, changed } = statements(db);
  const limit = LIMITS.replay + 1;
  const posted = await after.execute({ room, seq: rev, limit });
  // What was posted since and changed after that is among the posted ones already.
  const older = (await changed.execute({ room, rev, limit })).filter(({ seq }) => seq <= rev);
  return [...posted, ...older].sort((one, other) => one.rev - other.rev).slice(0, limit);
}

/** The message that was posted or changed last, if there is one. */
async function newest(db: Db, room: string): Promise<MessageRow[]> {
  const { before, lastChanged } = statements(db);
  const posted = await before.execute({ room, seq: BEYOND, limit: 1 });
  const changed = await lastChanged.execute({ room });
  return [...changed, ...posted].sort((one, other) => other.rev - one.rev).slice(0, 1);
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  before: db
    .select()
    .from(messages)
    .where(and(eq(messages.room, given("room")), lt(messages.seq, given("seq"))))
    .orderBy(desc(messages.seq))
    .limit(given("limit")),
  after: db
    .select()
    .from(messages)
    .where(and(eq(messages.room, given("room")), gt(messages.seq, given("seq"))))
    .orderBy(asc(messages.seq))
    .limit(given("limit")),
  lastChanged: db
    .select()
    .from(messages)
    .where(and(eq(messages.room, given("room")), isChanged(messages)))
    .orderBy(desc(messages.rev))
    .limit(1),
  counts: db
    .select({ seq: rooms.lastSeq, countable: rooms.countable })
    .from(rooms)
    .where(eq(rooms.id, given("room"))),
  own: db
    .select({ room: messages.room, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.author, given("author")), eq(messages.clientId, given("clientId")))),
  changed: db
    .select()
    .from(messages)
    .where(and(eq(messages.room, given("room")), gt(messages.rev, given("rev")), isChanged(messages)))
    .orderBy(asc(messages.rev))
    .limit(given("limit")),
}));
