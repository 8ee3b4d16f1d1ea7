import { and, eq, lte, type SQL } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import { sessions, users } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/** Opens a session, if the password that was verified (where one was) is still the password. Takes this person's expired ones away. */
export async function openSession(
  tx: Transaction,
  input: { id: string; user: string; passwordHash?: string; now: number; expiresAt: number; userAgent: string },
): Promise<void> {
  const { id, user, passwordHash, now, expiresAt, userAgent } = input;
  const same = passwordHash === undefined ? undefined : eq(users.passwordHash, passwordHash);
  const unchanged = and(eq(users.id, user), eq(users.suspended, false), same);
  const [found] = await tx.db.select({ id: users.id }).from(users).where(unchanged);
  if (!found) throw new Refusal("unauthenticated");
  await tx.db.delete(sessions).where(and(eq(sessions.user, user), lte(sessions.expiresAt, now)));
  await tx.db.insert(sessions).values({ id, user, createdAt: now, expiresAt, userAgent });
}

/** Signs out. A session that is gone already is no mistake. */
export async function closeSession(tx: Transaction, { session }: { session: string }): Promise<void> {
  const ended = await tx.db.delete(sessions).where(eq(sessions.id, session)).returning();
  for (const { user, id } of ended) await tx.changed("session", user, id);
}

export async function endSessions(tx: Transaction, user: string, which?: SQL): Promise<void> {
  const ended = await tx.db
    .delete(sessions)
    .where(and(eq(sessions.user, user), which))
    .returning({ id: sessions.id });
  for (const { id } of ended) await tx.changed("session", user, id);
}
