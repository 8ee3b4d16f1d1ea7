import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Asking } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { me, people } from "./people.ts";
import { roomsOf } from "./rooms.ts";

export type Snapshot = Extract<InboxEvent, { type: "snapshot" }>;

/** All of oneself at one moment: what the inbox begins with and pages render from. */
export async function inbox(db: Db, asking: Asking): Promise<Snapshot> {
  return {
    type: "snapshot",
    me: await me(db, asking),
    rooms: await roomsOf(db, asking),
    people: await people(db, asking),
  };
}
