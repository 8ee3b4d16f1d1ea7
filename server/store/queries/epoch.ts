import { eq } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { settings } from "#server/store/tables.ts";

/** Names the history that revs belong to; a restored database has another one. */
export async function epoch(db: Db): Promise<string> {
  const [row] = await statements(db).epoch.execute();
  return row?.value ?? "";
}

const statements = prepared((db) => ({
  epoch: db.select({ value: settings.value }).from(settings).where(eq(settings.key, "epoch")),
}));
