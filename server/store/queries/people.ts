import { eq, sql } from "drizzle-orm";
import type { Me, Person } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, actAsAdmin, actWith, personOf } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { users } from "#server/store/tables.ts";
import { viewMe, viewPerson } from "#server/store/views.ts";

export async function people(db: Db, asking: Asking): Promise<Person[]> {
  await actWith(db, asking, "read");
  const rows = await statements(db).all.execute();
  // PostgreSQL moves a row that is changed.
  return rows.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)).map(viewPerson);
}

export async function me(db: Db, asking: Asking): Promise<Me> {
  await actWith(db, asking, "read");
  const [row] = await statements(db).byId.execute({ id: personOf(asking.actor) });
  if (!row) throw new Refusal("unauthenticated");
  return viewMe(row);
}

/** Somebody with their address: for admins and the console, and of oneself. */
export async function findPerson(db: Db, input: Asking & { by: { id: string } | { email: string } }): Promise<Me> {
  const { actor, by } = input;
  if (actor.via !== "console" && "id" in by && by.id === actor.user) return await me(db, input);
  await actAsAdmin(db, input);
  const { byId, byEmail } = statements(db);
  const [row] = "id" in by ? await byId.execute(by) : await byEmail.execute(by);
  if (!row) throw new Refusal("not-found");
  return viewMe(row);
}

/** As everybody sees them; for the server's own announcements. */
export async function personAsSeen(db: Db, { user }: { user: string }): Promise<Me | undefined> {
  const [row] = await statements(db).byId.execute({ id: user });
  return row && viewMe(row);
}

/** What sign-in compares with: for the server itself, before anybody is anybody. */
export async function credentials(
  db: Db,
  by: { email: string } | { id: string },
): Promise<{ person: Person; passwordHash: string | null } | undefined> {
  const { byId, byEmail } = statements(db);
  const [row] = "id" in by ? await byId.execute(by) : await byEmail.execute(by);
  return row && { person: viewPerson(row), passwordHash: row.passwordHash };
}

const statements = prepared((db) => ({
  all: db.select().from(users),
  byId: db
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder("id"))),
  byEmail: db
    .select()
    .from(users)
    .where(eq(users.email, sql.placeholder("email"))),
}));
