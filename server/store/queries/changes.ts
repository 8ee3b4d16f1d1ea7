import { asc, gt, max, sql } from "drizzle-orm";
import type { Change } from "#server/store/committed.ts";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { changes } from "#server/store/tables.ts";

/** Every change of access after `n`, in commit order. */
export async function changesAfter(db: Db, n: number): Promise<Change[]> {
  return await statements(db).after.execute({ n });
}

export async function lastChange(db: Db): Promise<number> {
  const [row] = await statements(db).last.execute();
  return row?.n ?? 0;
}

const statements = prepared((db) => ({
  after: db
    .select()
    .from(changes)
    .where(gt(changes.n, sql.placeholder("n")))
    .orderBy(asc(changes.n)),
  last: db.select({ n: max(changes.n) }).from(changes),
}));
