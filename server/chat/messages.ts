import { LIMITS } from "#lib/chat/limits.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";
import { createSearch } from "./search.ts";

export function createMessages(context: Context): Chat["messages"] {
  const { store, now } = context;
  return {
    search: createSearch(context),
    page: (actor, room, { limit = LIMITS.page.usual, ...at }) =>
      store.read("page", { ...at, actor, now: now(), room, limit: Math.min(Math.max(limit, 1), LIMITS.page.most) }),
  };
}
