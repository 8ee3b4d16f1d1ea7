import type { Room } from "#lib/chat/room.ts";

/** Whether this person lets people in and out of a room: who is in the others follows from the place, or from who is an admin. */
export function mayRemoveFrom(room: Room | undefined): boolean {
  return room?.mayManage === true && room.kind === "members";
}
