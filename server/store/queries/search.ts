import { and, eq, inArray } from "drizzle-orm";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Message } from "#lib/chat/message.ts";
import { SEARCH_CURSOR, type SearchAnswer } from "#lib/chat/search.ts";
import { gramsFor } from "#lib/text/search-grams.ts";
import { searchKey } from "#lib/text/search-key.ts";
import { hasLink, nameKey, type SearchQuery, type Unclear } from "#lib/text/search-query.ts";
import { type Asking, actWith } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { type Grams, gramsIn, type Question } from "#server/store/search/grams.ts";
import { AUTHOR, LINK, ROOM } from "#server/store/search/index-message.ts";
import { BEYOND_IDS, firstIdOf, instantOf } from "#server/store/search/search-ids.ts";
import { messages, searchRows, users } from "#server/store/tables.ts";
import { type MessageRow, viewMessage } from "#server/store/views.ts";
import { roomsOf } from "./rooms.ts";

export interface SearchInput extends Asking {
  query: Pick<SearchQuery, "words" | "from" | "in" | "hasLink">;
  /** Milliseconds since 1970: from `since` on, earlier than `until`. */
  since?: number;
  until?: number;
  /** Where another answer said that it goes on. */
  before?: string;
  limit: number;
}

/** Messages that are looked at for one answer: grams say little about the order of letters, and a page of history must not wait for a search. */
const MOST = 500;

/**
 * Messages that hold all that is asked for, newest first, of the rooms that may be read at this moment: no other room's are looked at. What names
 * nobody and no such room finds nothing, and is said. An answer may hold fewer than `limit` although it goes on.
 */
export async function search(db: Db, input: SearchInput): Promise<SearchAnswer> {
  await actWith(db, input, "read");
  const { query } = input;
  const readable = await roomsOf(db, input);
  const wanted = matchNames("in", query.in, readable);
  const authors = await matchAuthors(db, input);
  const unclear = [...wanted.unclear, ...authors.unclear];
  if (unclear.length > 0) return { messages: [], unclear };
  const rooms = query.in.length > 0 ? wanted.ids : readable.map(({ id }) => id);
  if (rooms.length === 0) return { messages: [] };
  const words = [...new Set(query.words.flatMap((word) => [...gramsFor(word)])), ...(query.hasLink ? [LINK] : [])];
  const lists = [rooms.map(ROOM), ...(query.from.length > 0 ? [authors.ids.map(AUTHOR)] : [])];
  return await collect(db, input, {
    all: [...words, ...lists.filter(({ length }) => length === 1).flat()],
    any: lists.filter(({ length }) => length > 1),
    from: firstIdOf(input.since ?? 0),
    below: Math.min(
      await beginning(db, input.before, rooms),
      input.until === undefined ? BEYOND_IDS : firstIdOf(input.until),
    ),
    // As many at once, however few are asked for: each look at the index costs more than what it brings.
    limit: LIMITS.search.most + 1,
  });
}

async function collect(db: Db, { query, limit }: SearchInput, question: Question): Promise<SearchAnswer> {
  const grams = gramsIn(db);
  const found: Candidate[] = [];
  let { below } = question;
  let last: Candidate | undefined;
  for (let seen = 0; seen < MOST; ) {
    const candidates = await candidatesOf(db, grams, { ...question, below });
    for (const candidate of candidates) {
      last = candidate;
      if (holds(candidate.message, query)) found.push(candidate);
      if (found.length > limit) return answer(found.slice(0, limit), found[limit - 1]);
    }
    if (candidates.length < question.limit) return answer(found);
    below = last?.id ?? 0;
    seen += candidates.length;
  }
  return answer(found, last);
}

interface Candidate {
  id: number;
  room: string;
  seq: number;
  /** Null where it is not there any more. */
  message: MessageRow | null;
}

async function candidatesOf(db: Db, grams: Grams, question: Question): Promise<Candidate[]> {
  const ids = await grams.find(question);
  if (ids.length === 0) return [];
  const { id, room, seq } = searchRows;
  const rows = await db
    .select({ id, room, seq, message: messages })
    .from(searchRows)
    .leftJoin(messages, and(eq(messages.room, room), eq(messages.seq, seq)))
    .where(inArray(id, ids));
  return rows.sort((one, other) => other.id - one.id);
}

/** The letters, and not only their pairs. */
function holds(message: MessageRow | null, { words, hasLink: wantsLink }: SearchInput["query"]): boolean {
  if (!message || message.deletedAt !== null) return false;
  const key = searchKey(message.text);
  return words.every((word) => key.includes(word)) && (!wantsLink || hasLink(message.text));
}

function answer(found: readonly Candidate[], last?: Candidate): SearchAnswer {
  const told = found.flatMap(({ message }): Message[] => (message ? [viewMessage(message)] : []));
  // Not the id: it tells how much else was said in that millisecond, in rooms one may not know of.
  return { messages: told, ...(last && { next: `${instantOf(last.id)}.${last.room}.${last.seq}` }) };
}

/** The id that a cursor stands for. One of a room that is not among these begins at its millisecond, whatever is in that room. */
async function beginning(db: Db, cursor: string | undefined, rooms: readonly string[]): Promise<number> {
  const [, instant, room = "", seq] = SEARCH_CURSOR.exec(cursor ?? "") ?? [];
  if (instant === undefined) return BEYOND_IDS;
  const [row] = await db
    .select({ id: searchRows.id })
    .from(searchRows)
    .where(and(eq(searchRows.room, room), eq(searchRows.seq, Math.min(Number(seq), 2_147_483_647))));
  return Math.min(row && rooms.includes(room) ? row.id : firstIdOf(Number(instant) + 1), BEYOND_IDS);
}

async function matchAuthors(db: Db, { query, actor }: SearchInput): Promise<Matched> {
  if (query.from.length === 0) return { ids: [], unclear: [] };
  const people = await db.select({ id: users.id, name: users.name }).from(users);
  const me = actor.via === "console" ? [] : ["me", "나"].map((name) => ({ id: actor.user, name }));
  return matchNames("from", query.from, [...me, ...people]);
}

interface Matched {
  ids: string[];
  unclear: Unclear[];
}

/** Several may have the same name. */
function matchNames(
  operator: Unclear["operator"],
  names: readonly string[],
  known: readonly { id: string; name: string }[],
): Matched {
  const matched: Matched = { ids: [], unclear: [] };
  const keyed = known.map(({ id, name }) => ({ id, key: nameKey(name) }));
  for (const value of names) {
    const wanted = nameKey(value);
    const found = keyed.filter(({ id, key }) => id === value || key === wanted);
    matched.ids.push(...found.map(({ id }) => id));
    if (found.length === 0) matched.unclear.push({ operator, value });
  }
  return matched;
}
