/** Bodies of MESSAGE on `/topic/rooms/{id}/activity`: ephemeral, dropped first under pressure. */
export type ActivityEvent =
  /** Sent once after SUBSCRIBE: members of the room who are connected now, and who is typing. */
  | { type: "snapshot"; online: string[]; typing: string[] }
  | { type: "typing"; user: string; on: boolean }
  | { type: "presence"; user: string; online: boolean }
  /** Read positions (seq) that moved, coalesced to one frame a second; not in rooms above 500 members. */
  | { type: "reads"; positions: Record<string, number> };

/** A typing line that is not renewed goes out after this many milliseconds (experience.md). Clients renew every 3 s. */
export const TYPING_EXPIRES = 6_000;
