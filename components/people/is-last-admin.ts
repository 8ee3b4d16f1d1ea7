import type { Person } from "#lib/chat/person.ts";
import type { Room, RoomMember } from "#lib/chat/room.ts";

interface Asked {
  room: Room | undefined;
  members: readonly RoomMember[];
  people: ReadonlyMap<string, Person>;
  user: string;
}

/** Whether a members room would have no admin without this person: the server refuses that, and the screen says so beforehand. */
export function isLastAdmin({ room, members, people, user }: Asked): boolean {
  if (room?.kind !== "members" || room.archived) return false;
  const isActive = (id: string) => people.get(id)?.kind === "person" && !people.get(id)?.suspended;
  const admins = members.filter((member) => member.role === "admin" && isActive(member.user));
  // An admin of the place who is in the room manages it too, and names another before leaving it to nobody.
  const leads = admins.some((admin) => admin.user === user) || (isActive(user) && people.get(user)?.role === "admin");
  return leads && !admins.some((admin) => admin.user !== user);
}
