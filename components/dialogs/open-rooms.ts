import type { Room } from "#lib/chat/room.ts";
import { compareNames } from "#lib/text/compare-names.ts";
import { matchesName } from "#lib/text/hangul.ts";

/** The open rooms that match, by name, archived ones last. */
export function openRooms(rooms: readonly Room[], query: string): Room[] {
  return rooms
    .filter((room) => room.kind === "open" && (query.trim() === "" || matchesName(query.trim(), room.name)))
    .sort((one, other) => Number(one.archived) - Number(other.archived) || compareNames(one.name, other.name));
}
