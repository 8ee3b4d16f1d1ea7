import { LIMITS } from "#lib/chat/limits.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";

export function createMessages({ store, now }: Context): Chat["messages"] {
  return {
    page: (actor, room, { limit = LIMITS.page.usual, ...at }) =>
      store.read("page", { ...at, actor, now: now(), room, limit: Math.min(Math.max(limit, 1), LIMITS.page.most) }),
  };
}
