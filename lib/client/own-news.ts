import type { Role } from "#lib/chat/person.ts";
import type { RoomRole } from "#lib/chat/room.ts";
import type { Inbox } from "./chat-client.ts";

/** What others have made of oneself: in the place, or in a room (by its name). */
export type OwnNews = { role: Role } | { role: RoomRole; room: string };

/** What of one's own part changed between two states of the inbox, for rooms that one was in before and is in still. */
export function ownNews(before: Inbox, after: Inbox): OwnNews[] {
  if (before === after) return [];
  const news: OwnNews[] = [];
  if (before.me.role !== after.me.role) news.push({ role: after.me.role });
  if (before.rooms === after.rooms) return news;
  for (const { id, name, joined, leads } of after.rooms.values()) {
    const was = before.rooms.get(id);
    if (was?.joined && joined && was.leads !== leads) news.push({ role: leads ? "admin" : "member", room: name });
  }
  return news;
}
