import type { FormErrors } from "#components/ui/use-form.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Refusal } from "#lib/chat/refusal.ts";
import type { Catalog } from "#lib/i18n/en.ts";

/** What can be seen to be wrong with a room before it is sent. */
export function checkRoom({ rooms }: Catalog, { name = "" }: Record<string, string>): FormErrors {
  return { name: name.trim() ? undefined : rooms.wrongName(LIMITS.roomName) };
}

/** Words the server's answer about one field of a room. */
export function wordRoomRefusal({ rooms }: Catalog, refusal: Refusal): FormErrors | undefined {
  if (refusal.field === "name") return { name: rooms.wrongName(LIMITS.roomName) };
  if (refusal.field === "topic") return { topic: rooms.wrongTopic(LIMITS.roomTopic) };
  return undefined;
}
