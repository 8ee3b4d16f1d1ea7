import { eq, inArray } from "drizzle-orm";
import type { Language } from "#lib/chat/person.ts";
import type { Place } from "#lib/chat/place.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import { type Asking, actAsAdmin } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { settings } from "#server/store/tables.ts";

/** Before the first run there is no name yet. */
export async function place(db: Db): Promise<Place> {
  const rows = await db
    .select()
    .from(settings)
    .where(inArray(settings.key, ["name", "language"]));
  const { name, language } = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  return { name: name ?? "", claimed: name !== undefined, language: (language ?? "en") as Language };
}

/** Whether the one who asks may change what belongs to the place. */
export async function leads(db: Db, asking: Asking): Promise<boolean> {
  return actAsAdmin(db, asking).then(
    () => true,
    (error: unknown) => {
      if (isRefusal(error)) return false;
      throw error;
    },
  );
}

/** Where the server that started last on this database can be reached; undefined before the first start. */
export async function announcedOrigin(db: Db): Promise<string | undefined> {
  const [row] = await db.select().from(settings).where(eq(settings.key, "origin"));
  return row?.value;
}
