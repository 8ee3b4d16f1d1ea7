import type { Person } from "#lib/chat/person.ts";
import type { RoomMember } from "#lib/chat/room.ts";
import { compareNames } from "#lib/text/compare-names.ts";
import { matchesName } from "#lib/text/hangul.ts";

interface Wanted {
  people: readonly Person[];
  members: readonly RoomMember[];
  /** A name, half of it, or its first consonants. */
  query: string;
}

/** The members of a room and the others who could be one, those that match, by name. */
export function splitMembers({ people, members, query }: Wanted): { inside: Person[]; outside: Person[] } {
  const inRoom = new Set(members.map((member) => member.user));
  const found = people
    .filter((person) => query.trim() === "" || matchesName(query.trim(), person.name))
    .sort((one, other) => compareNames(one.name, other.name));
  return {
    inside: found.filter((person) => inRoom.has(person.id)),
    outside: found.filter((person) => !inRoom.has(person.id) && !person.suspended && !person.host),
  };
}
