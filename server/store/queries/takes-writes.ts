import { eq, sql } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { dialect } from "#server/store/dialect.ts";
import { prepared } from "#server/store/prepared.ts";
import { settings } from "#server/store/tables.ts";

/** The smallest question to the database, and whether it would let somebody write: a standby does not, nor one that was set to be only read. SQLite does not tell before it is written to. */
export async function takesWrites(db: Db): Promise<boolean> {
  const [row] = await statements(db).open.execute();
  return row?.open !== false;
}

// The transaction that asks is one that only reads, so its own setting says nothing.
const OPEN =
  dialect === "postgres"
    ? sql<boolean>`not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off'`
    : sql<boolean>`1`;

const statements = prepared((db) => ({
  open: db.select({ open: OPEN }).from(settings).where(eq(settings.key, "epoch")),
}));
