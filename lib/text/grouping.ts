const TOGETHER = 5 * 60_000;

interface Written {
  author: string;
  /** RFC 3339. */
  createdAt: string;
}

/** Whether a message goes on from the one before it, under the same name: same author, within five minutes. Days are the caller's matter (its time zone). */
export function isGrouped(before: Written, message: Written): boolean {
  if (before.author !== message.author) return false;
  return Math.abs(Date.parse(message.createdAt) - Date.parse(before.createdAt)) < TOGETHER;
}
