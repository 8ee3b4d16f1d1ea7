import { asc, eq, inArray, lt, lte } from "drizzle-orm";
import { lastChange } from "#server/store/queries/changes.ts";
import { audit, changes, sessions, settings } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

const DAY = 24 * 60 * 60 * 1_000;
/** Every server reads a change within a second; whoever was away longer than this has closed its connections. */
const CHANGES_KEPT = DAY;
const AUDIT_KEPT = 180 * DAY;
/** Rows of each kind in one go: a purge shares its batch with people's messages. */
const MOST = 500;
const MARK = "changes.mark";

/** Takes away what nobody needs any more: sessions that have expired, changes that were read long ago, old rows of the audit log. */
export async function purge({ db }: Transaction, { now }: { now: number }): Promise<{ more: boolean }> {
  const expired = db.select({ id: sessions.id }).from(sessions).where(lte(sessions.expiresAt, now)).limit(MOST);
  const gone = [
    await db.delete(sessions).where(inArray(sessions.id, expired)).returning({ id: sessions.id }),
    await purgeChanges(db, now),
    await purgeAudit(db, now - AUDIT_KEPT),
  ];
  return { more: gone.some((rows) => rows.length === MOST) };
}

async function purgeAudit(db: Transaction["db"], before: number): Promise<unknown[]> {
  const old = db.select({ id: audit.id }).from(audit).where(lt(audit.at, before)).limit(MOST);
  return await db.delete(audit).where(inArray(audit.id, old)).returning({ id: audit.id });
}

/** A change has no time of its own: a mark says which was the newest at some moment, and when the mark is old enough, so is what it stands for. */
async function purgeChanges(db: Transaction["db"], now: number): Promise<unknown[]> {
  const [row] = await db.select().from(settings).where(eq(settings.key, MARK));
  const mark = row && (JSON.parse(row.value) as { n: number; at: number });
  if (mark && now - mark.at < CHANGES_KEPT) return [];
  // The newest stays, so that the highest number is never forgotten.
  const old = db
    .select({ n: changes.n })
    .from(changes)
    .where(lt(changes.n, mark?.n ?? 0))
    .orderBy(asc(changes.n))
    .limit(MOST);
  const gone = await db.delete(changes).where(inArray(changes.n, old)).returning({ n: changes.n });
  if (gone.length < MOST) await setMark(db, { n: await lastChange(db), at: now });
  return gone;
}

async function setMark(db: Transaction["db"], mark: { n: number; at: number }): Promise<void> {
  const value = JSON.stringify(mark);
  await db.insert(settings).values({ key: MARK, value }).onConflictDoUpdate({ target: settings.key, set: { value } });
}
