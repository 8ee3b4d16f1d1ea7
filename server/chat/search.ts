import { LIMITS } from "#lib/chat/limits.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { asksAnything, parseSearch } from "#lib/text/search-query.ts";
import { isTimeZone, startOfDay } from "#lib/text/start-of-day.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";
import { catchUp } from "./indexing.ts";

export function createSearch({ store, now }: Context): Chat["messages"]["search"] {
  return async (actor, { q, before, limit = LIMITS.search.usual, zone = "UTC" }) => {
    if (!isTimeZone(zone)) throw new Refusal("malformed", { field: "zone" });
    const query = parseSearch(q);
    if (query.unclear.length > 0) return { messages: [], unclear: query.unclear };
    if (!asksAnything(query)) return { messages: [] };
    const isBehind = await catchUp(store);
    const answer = await store.read("search", {
      ...{ actor, now: now(), query, before },
      limit: Math.min(Math.max(limit, 1), LIMITS.search.most),
      ...(query.after !== undefined && { since: startOfDay(query.after, zone) }),
      ...(query.before !== undefined && { until: startOfDay(query.before, zone) }),
    });
    return isBehind ? { ...answer, preparing: true } : answer;
  };
}
