import { desc, eq } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import type { AccessToken } from "#lib/chat/token.ts";
import { type Asking, act } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { tokens } from "#server/store/tables.ts";
import { viewToken } from "#server/store/views.ts";

/** One's own tokens, or those of somebody else for admins; everybody's when no user is named and the console asks. Newest first. */
export async function tokenList(db: Db, input: Asking & { user?: string }): Promise<AccessToken[]> {
  const { actor } = input;
  const { standing, scopes } = await act(db, input);
  const user = input.user ?? (actor.via === "console" ? undefined : actor.user);
  const own = actor.via !== "console" && user === actor.user;
  if (!scopes.includes("admin") || (!own && standing === "member")) throw new Refusal("forbidden");
  const rows = await db
    .select()
    .from(tokens)
    .where(user === undefined ? undefined : eq(tokens.user, user))
    .orderBy(desc(tokens.createdAt));
  return rows.map(viewToken);
}
