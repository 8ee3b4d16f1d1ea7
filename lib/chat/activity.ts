/** Bodies of MESSAGE on `/topic/rooms/{id}/activity`: ephemeral, dropped first under pressure. */
export type ActivityEvent =
  /** Sent once after SUBSCRIBE: members of the room who are connected now, and who is typing. */
  | { type: "snapshot"; online: string[]; typing: string[] }
  | { type: "typing"; user: string; on: boolean }
  | { type: "presence"; user: string; online: boolean }
  /** Somebody joined or left, was let in, taken out, or made an admin of the room or not: ask for the members again. At most one a second. */
  | { type: "members" }
  /** Read positions (seq) that moved, coalesced to one frame a second; not in rooms above 500 members. */
  | { type: "reads"; positions: Record<string, number> };

/** A typing line that is not renewed goes out after this many milliseconds (experience.md). Clients renew every 3 s. */
export const TYPING_EXPIRES = 6_000;
