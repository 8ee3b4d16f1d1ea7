import { and, desc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Invite } from "#lib/chat/invite.ts";
import { type Asking, actAsAdmin } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { invites } from "#server/store/sqlite.ts";
import { viewInvite } from "#server/store/views.ts";

/** Links that can still be used, newest first. */
export async function inviteList(db: Db, asking: Asking): Promise<Invite[]> {
  await actAsAdmin(db, asking);
  const rows = await db.select().from(invites).where(usable(asking.now)).orderBy(desc(invites.createdAt));
  return rows.map(viewInvite);
}

/** A link that can still be used; open to whoever holds it. */
export async function invite(db: Db, { code, now }: { code: string; now: number }): Promise<Invite | undefined> {
  const [row] = await db
    .select()
    .from(invites)
    .where(and(eq(invites.code, code), usable(now)));
  return row && viewInvite(row);
}

export function usable(now: number) {
  return and(
    or(isNull(invites.expiresAt), gt(invites.expiresAt, now)),
    or(isNull(invites.maxUses), lt(invites.uses, invites.maxUses)),
  );
}
