import { eq } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import type { AccessToken, Scope } from "#lib/chat/token.ts";
import { type Asking, act } from "#server/store/access.ts";
import { tokens, users } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";
import { viewToken } from "#server/store/views.ts";

export interface NewToken {
  id: string;
  user: string;
  name: string;
  hash: string;
  scopes: Scope[];
  rooms: string[] | null;
  expiresAt: number | null;
}

/** A token for oneself, by a session; for others by admins. A token cannot make tokens. */
export async function createToken(tx: Transaction, input: Asking & { token: NewToken }): Promise<AccessToken> {
  await mayHold(tx, input, input.token.user);
  const [user] = await tx.db.select().from(users).where(eq(users.id, input.token.user));
  if (!user || user.suspended) throw new Refusal("not-found");
  const [row] = await tx.db
    .insert(tokens)
    .values({ ...input.token, createdAt: input.now })
    .returning();
  await tx.audited(input.actor, input.now, "token.create", input.token.id, input.token.user);
  return viewToken(row as typeof tokens.$inferSelect);
}

export async function revokeToken(tx: Transaction, input: Asking & { token: string }): Promise<void> {
  const [token] = await tx.db.select().from(tokens).where(eq(tokens.id, input.token));
  await mayHold(tx, input, token?.user);
  if (!token) throw new Refusal("not-found");
  await tx.db.delete(tokens).where(eq(tokens.id, token.id));
  await tx.changed("token", token.user, token.id);
  await tx.audited(input.actor, input.now, "token.revoke", token.id, token.user);
}

/** Every token of this person. */
export async function endTokens(tx: Transaction, user: string): Promise<void> {
  const ended = await tx.db.delete(tokens).where(eq(tokens.user, user)).returning({ id: tokens.id });
  for (const { id } of ended) await tx.changed("token", user, id);
}

async function mayHold(tx: Transaction, asking: Asking, owner: string | undefined): Promise<void> {
  const { actor } = asking;
  const { standing } = await act(tx.db, asking);
  if (actor.via === "token") throw new Refusal("forbidden");
  if (actor.via === "session" && actor.user === owner) return;
  // Whose token it is, and whether there is one, is for admins to know.
  if (standing === "member") throw new Refusal("not-found");
}
