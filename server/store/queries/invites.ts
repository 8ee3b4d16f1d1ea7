import { and, desc, eq, gt, inArray, isNull, lt, or } from "drizzle-orm";
import type { Invite } from "#lib/chat/invite.ts";
import { type Asking, actAsAdmin } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { invites, users } from "#server/store/tables.ts";
import { viewInvite } from "#server/store/views.ts";

/** Links that can still be used, newest first. */
export async function inviteList(db: Db, asking: Asking): Promise<Invite[]> {
  await actAsAdmin(db, asking);
  const rows = await db.select().from(invites).where(usable(db, asking.now)).orderBy(desc(invites.createdAt));
  return rows.map(viewInvite);
}

/** A link that can still be used; open to whoever holds it. */
export async function invite(db: Db, { code, now }: { code: string; now: number }): Promise<Invite | undefined> {
  const [row] = await db
    .select()
    .from(invites)
    .where(and(eq(invites.code, code), usable(db, now)));
  return row && viewInvite(row);
}

/** Neither expired nor used up, and whoever made it might still make one. */
export function usable(db: Db, now: number) {
  const mayInvite = and(eq(users.role, "admin"), eq(users.suspended, false));
  return and(
    or(isNull(invites.createdBy), inArray(invites.createdBy, db.select({ id: users.id }).from(users).where(mayInvite))),
    or(isNull(invites.expiresAt), gt(invites.expiresAt, now)),
    or(isNull(invites.maxUses), lt(invites.uses, invites.maxUses)),
  );
}
