import { eq, sql } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Asking } from "#server/store/access.ts";
import { LOST_CHANGES } from "#server/store/committed.ts";
import { counters, settings } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/**
 * Names another history, for a database that has lost commits it once acknowledged: numbers of the former one are believed by no client and no node any more. Changes
 * of access go on far above those that were lost, because a node passes on only what is numbered above all that it knows. The console alone may do it.
 */
export async function renewEpoch(tx: Transaction, { actor, now, epoch }: Asking & { epoch: string }): Promise<void> {
  if (actor.via !== "console") throw new Refusal("forbidden");
  await tx.db.update(settings).set({ value: epoch }).where(eq(settings.key, "epoch"));
  await tx.db
    .insert(counters)
    .values({ name: "changes", value: LOST_CHANGES })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + ${LOST_CHANGES}` } });
  await tx.audited(actor, now, "place.renew", epoch);
}
