import type { Me, Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Asking } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { lastChange } from "./changes.ts";
import { me, people } from "./people.ts";
import { roomsOf } from "./rooms.ts";

export interface InboxContent {
  me: Me;
  rooms: Room[];
  /** The last row of `changes` that this knows of. */
  asOf: number;
  /** Absent when they are those of `peopleAsOf`. */
  people?: Person[];
}

/**
 * All of oneself at one moment: what the inbox begins with and pages render from. Everyone sees the same people, and no row of theirs changes without a row of
 * `changes`: whoever has them as of the last one is not told them again.
 */
export async function inbox(
  db: Db,
  { peopleAsOf, ...asking }: Asking & { peopleAsOf?: number },
): Promise<InboxContent> {
  const asOf = await lastChange(db);
  return {
    me: await me(db, asking),
    rooms: await roomsOf(db, asking),
    asOf,
    ...(asOf !== peopleAsOf && { people: await people(db, asking) }),
  };
}
