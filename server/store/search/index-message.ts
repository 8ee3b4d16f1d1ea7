import { and, eq } from "drizzle-orm";
import { gramsOf } from "#lib/text/search-grams.ts";
import { searchKey } from "#lib/text/search-key.ts";
import { hasLink } from "#lib/text/search-query.ts";
import type { Db } from "#server/store/connection.ts";
import { searchRows } from "#server/store/tables.ts";
import { gramsIn } from "./grams.ts";

interface Searched {
  room: string;
  seq: number;
  author: string;
  text: string;
}

/** Beside the grams of a text; longer than those, so that no text can pretend to be of another room. */
export const ROOM = (id: string) => `room${id}`;
export const AUTHOR = (id: string) => `from${id}`;
export const LINK = "haslink";

/** What a message is found by. */
export function gramsOfMessage({ room, author, text }: Searched): string[] {
  return [...gramsOf(searchKey(text)), ROOM(room), AUTHOR(author), ...(hasLink(text) ? [LINK] : [])];
}

/**
 * A message whose text was changed, in the transaction that changed it: found by what it says now. One that cannot be found yet will be found by its
 * new text.
 */
export async function reindexMessage(db: Db, message: Searched): Promise<void> {
  const grams = gramsIn(db);
  await grams.hold();
  const id = await idOf(db, message);
  if (id === undefined) return;
  await grams.remove(id);
  await grams.put([{ id, grams: gramsOfMessage(message) }]);
}

/** A message that was deleted, in the transaction that deleted it: nothing finds it any more. */
export async function forgetMessage(db: Db, message: Pick<Searched, "room" | "seq">): Promise<void> {
  const grams = gramsIn(db);
  await grams.hold();
  const id = await idOf(db, message);
  // The row of its id stays: somebody may be reading on from there.
  if (id !== undefined) await grams.remove(id);
}

async function idOf(db: Db, { room, seq }: Pick<Searched, "room" | "seq">): Promise<number | undefined> {
  const [row] = await db
    .select({ id: searchRows.id })
    .from(searchRows)
    .where(and(eq(searchRows.room, room), eq(searchRows.seq, seq)));
  return row?.id;
}
