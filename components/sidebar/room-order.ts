import type { Room } from "#lib/chat/room.ts";
import { compareNames } from "#lib/text/compare-names.ts";

export interface RoomOrder {
  active: readonly Room[];
  archived: readonly Room[];
}

/** The rooms one has joined, by name; archived ones aside. */
export function orderRooms(rooms: Iterable<Room>): RoomOrder {
  const joined = [...rooms].filter((room) => room.joined).sort((a, b) => compareNames(a.name, b.name));
  return { active: joined.filter((room) => !room.archived), archived: joined.filter((room) => room.archived) };
}

/** Messages of this room that one has not read. Rooms that were not joined have none. */
export function unreadOf(room: Room): number {
  return room.joined ? Math.max(0, room.countable - room.readCountable) : 0;
}
