import type { Language } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { matchesName } from "#lib/text/hangul.ts";

/** The open rooms that match, by name, archived ones last. */
export function openRooms(rooms: readonly Room[], query: string, language: Language): Room[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return rooms
    .filter((room) => room.kind === "open" && (query.trim() === "" || matchesName(query.trim(), room.name)))
    .sort((one, other) => Number(one.archived) - Number(other.archived) || compare(one.name, other.name));
}
