import type { Refusal } from "#lib/chat/refusal.ts";
import type { Catalog } from "./en.ts";

/** A refusal in one sentence; says what to do or how long to wait where the server does. */
export function wordRefusal(catalog: Pick<Catalog, "common" | "refusals">, refusal: Refusal): string {
  if (refusal.field === "connection") return catalog.common.unreachable;
  if (refusal.code === "rate-limited" && refusal.retryAfter) return catalog.common.retryIn(refusal.retryAfter);
  return wordReason(catalog.common, refusal) ?? catalog.refusals[refusal.code];
}

/** The sentence for what is forbidden for a reason that somebody can do something about. */
export function wordReason({ reasons }: Catalog["common"], { code, field }: Refusal): string | undefined {
  const isKnown = code === "forbidden" && field !== undefined && Object.hasOwn(reasons, field);
  return isKnown ? reasons[field as keyof typeof reasons] : undefined;
}
