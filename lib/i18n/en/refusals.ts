import type { RefusalCode } from "#lib/chat/refusal.ts";

/** One sentence for each code of the closed list in lib/chat/refusal.ts. */
export const refusals: Record<RefusalCode, string> = {
  unauthenticated: "Please sign in first.",
  expired: "Your session has ended. Please sign in again.",
  forbidden: "You are not allowed to do that here.",
  "not-found": "There is nothing here, or it is not for you to see.",
  archived: "This room is archived. You can read it, but nobody can post.",
  "read-only": "Only admins can post in this room.",
  "too-long": "That is too long.",
  "rate-limited": "That was too fast. Please try again in a moment.",
  malformed: "Something in what you entered is not right.",
  unsupported: "This server does not offer that.",
  busy: "The server is busy. Please try again in a moment.",
  "shutting-down": "The server is restarting and will be back in a moment.",
};
