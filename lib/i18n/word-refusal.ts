import type { Refusal } from "#lib/chat/refusal.ts";
import type { Catalog } from "./en.ts";

/** A refusal in one sentence; says how long to wait where the server does. */
export function wordRefusal(catalog: Catalog, refusal: Refusal): string {
  if (refusal.field === "connection") return catalog.common.unreachable;
  if (refusal.code === "rate-limited" && refusal.retryAfter) return catalog.common.retryIn(refusal.retryAfter);
  return catalog.refusals[refusal.code];
}
