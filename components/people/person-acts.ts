import type { Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";

/** Somebody in a list of a room's people. */
export interface ListedPerson {
  person: Person;
  isRoomAdmin: boolean;
  /** Without them nobody would be in charge of the room. */
  isLastAdmin: boolean;
}

/** What one may do about somebody: in the room, for those who manage it; in the place, for its admins. */
export function personActs(me: Person, { person, isRoomAdmin }: ListedPerson, room: Room | undefined) {
  const isOther = person.id !== me.id;
  const manages = isOther && room?.mayManage === true;
  const isAdmin = isOther && me.role === "admin" && !person.host;
  // Who is in the other rooms follows from the place, or from who is an admin.
  const remove = manages && room.kind === "members";
  const mayLead = person.kind === "person" && !person.suspended;
  const roomRole = manages && room.kind !== "admins" && (mayLead || isRoomAdmin);
  return { roomRole, remove, role: isAdmin, suspend: isAdmin, password: isAdmin && person.kind === "person" };
}
