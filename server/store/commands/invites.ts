import { and, eq, sql } from "drizzle-orm";
import type { Invite } from "#lib/chat/invite.ts";
import type { Person } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, actAsAdmin } from "#server/store/access.ts";
import { usable } from "#server/store/queries/invites.ts";
import { invites } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";
import { viewInvite } from "#server/store/views.ts";
import { insertPerson, type NewPerson } from "./people.ts";

export async function createInvite(
  tx: Transaction,
  input: Asking & { code: string; expiresAt: number | null; maxUses: number | null },
): Promise<Invite> {
  await actAsAdmin(tx.db, input);
  const { actor, now, code, expiresAt, maxUses } = input;
  const createdBy = actor.via === "console" ? null : actor.user;
  const [row] = await tx.db.insert(invites).values({ code, createdBy, createdAt: now, expiresAt, maxUses }).returning();
  await tx.audited(actor, now, "invite.create", code.slice(0, 4));
  return viewInvite(row as typeof invites.$inferSelect);
}

export async function revokeInvite(tx: Transaction, input: Asking & { code: string }): Promise<void> {
  await actAsAdmin(tx.db, input);
  const revoked = await tx.db.delete(invites).where(eq(invites.code, input.code)).returning({ code: invites.code });
  if (revoked.length === 0) throw new Refusal("not-found");
  await tx.audited(input.actor, input.now, "invite.revoke", input.code.slice(0, 4));
}

/** Uses the invite up by one and makes the account, both or neither: however many come at once, no more get in than it allows. */
export async function join(tx: Transaction, input: { code: string; now: number; person: NewPerson }): Promise<Person> {
  const { code, now, person } = input;
  const used = await tx.db
    .update(invites)
    .set({ uses: sql`${invites.uses} + 1` })
    .where(and(eq(invites.code, code), usable(tx.db, now)))
    .returning({ code: invites.code });
  if (used.length === 0) throw new Refusal("not-found");
  const joined = await insertPerson(tx, person, now);
  await tx.audited({ user: joined.id }, now, "person.join", joined.id, code.slice(0, 4));
  return joined;
}
