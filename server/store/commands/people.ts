import { and, count, eq, isNotNull, ne } from "drizzle-orm";
import { FIRST_PREFERENCES } from "#lib/chat/first-preferences.ts";
import type { ChangeMe, ChangePerson, Me, Person, Role } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, actAsAdmin, actWith, personOf } from "#server/store/access.ts";
import { prepared } from "#server/store/prepared.ts";
import { rooms, sessions, users } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";
import { viewMe, viewPerson } from "#server/store/views.ts";
import { addMembership, removeMembership } from "./memberships.ts";
import { endSessions } from "./sessions.ts";
import { endTokens } from "./tokens.ts";

export interface NewPerson {
  id: string;
  email: string | null;
  name: string;
  role: Role;
  kind: "person" | "bot";
  passwordHash: string | null;
}

/** The row itself, and the rooms that everybody of this role is in: the lobby, and for admins every admins room. */
export async function insertPerson(tx: Transaction, person: NewPerson, now: number): Promise<Person> {
  const [row] = await tx.db
    .insert(users)
    .values({ ...person, preferences: FIRST_PREFERENCES, createdAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning();
  if (!row) throw new Refusal("forbidden", { field: "email" });
  await tx.changed("person", row.id);
  const lobbies = await statements(tx.db).lobbies.execute();
  for (const lobby of lobbies) await addMembership(tx, { room: lobby.id, user: row.id, role: "member", now });
  if (row.role === "admin") await enterAdminsRooms(tx, row.id, now);
  return viewPerson(row);
}

/** Oneself: name, title, preferences. */
export async function changeMe(tx: Transaction, input: Asking & { changes: ChangeMe }): Promise<Me> {
  await actWith(tx.db, input, "admin");
  const user = personOf(input.actor);
  const [before] = await tx.db.select().from(users).where(eq(users.id, user));
  if (!before) throw new Refusal("unauthenticated");
  const { name = before.name, title = before.title, preferences } = input.changes;
  const [row] = await tx.db
    .update(users)
    .set({ name, title, preferences: { ...before.preferences, ...preferences } })
    .where(eq(users.id, user))
    .returning();
  await tx.changed("person", user);
  return viewMe(row as typeof before);
}

/** Role and suspension. Admins cannot leave the place without an active admin; the console can. */
export async function changePerson(
  tx: Transaction,
  input: Asking & { user: string; changes: ChangePerson },
): Promise<Person> {
  await actAsAdmin(tx.db, input);
  const { user, changes, actor, now } = input;
  const [before] = await tx.db.select().from(users).where(eq(users.id, user));
  // The place itself has no address: it is nobody.
  if (!before || before.email === null) throw new Refusal("not-found");
  const { role = before.role, suspended = before.suspended } = changes;
  if (role === before.role && suspended === before.suspended) return viewPerson(before);
  await tx.db.update(users).set({ role, suspended }).where(eq(users.id, user));
  if (actor.via !== "console") await refuseWithoutAdmin(tx);
  if (suspended) await endSessions(tx, user);
  await tx.changed("role", user);
  if (role === "admin" && before.role !== "admin") await enterAdminsRooms(tx, user, now);
  if (role !== "admin" && before.role === "admin") await leaveAdminsRooms(tx, user);
  await tx.audited(actor, now, "person.change", user, `${role}${suspended ? " suspended" : ""}`);
  return viewPerson({ ...before, role, suspended });
}

/**
 * A new password ends every session of this person, save the one that `keep` names. Set by somebody else it ends the tokens too: the account may
 * have been in wrong hands. One's own bots go on when one changes it oneself.
 */
export async function setPassword(
  tx: Transaction,
  input: Asking & { user: string; passwordHash: string; keep?: string },
): Promise<void> {
  const { actor, user, passwordHash, keep, now } = input;
  const isOwn = actor.via !== "console" && actor.user === user;
  if (isOwn) await actWith(tx.db, input, "admin");
  else await actAsAdmin(tx.db, input);
  const somebody = and(eq(users.id, user), isNotNull(users.email));
  const changed = await tx.db.update(users).set({ passwordHash }).where(somebody).returning({ id: users.id });
  if (changed.length === 0) throw new Refusal("not-found");
  await endSessions(tx, user, keep === undefined ? undefined : ne(sessions.id, keep));
  if (!isOwn) await endTokens(tx, user);
  await tx.audited(actor, now, "person.password", user);
}

const statements = prepared((db) => ({
  lobbies: db
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.lobby, true), eq(rooms.kind, "open"), eq(rooms.archived, false))),
}));

async function enterAdminsRooms(tx: Transaction, user: string, now: number): Promise<void> {
  const found = await tx.db.select({ id: rooms.id }).from(rooms).where(eq(rooms.kind, "admins"));
  for (const room of found) await addMembership(tx, { room: room.id, user, role: "member", now });
}

async function leaveAdminsRooms(tx: Transaction, user: string): Promise<void> {
  const found = await tx.db.select({ id: rooms.id }).from(rooms).where(eq(rooms.kind, "admins"));
  for (const room of found) await removeMembership(tx, room.id, user);
}

async function refuseWithoutAdmin(tx: Transaction): Promise<void> {
  const active = and(eq(users.role, "admin"), eq(users.suspended, false), eq(users.kind, "person"));
  const [admins] = await tx.db.select({ n: count() }).from(users).where(active);
  if (admins?.n === 0) throw new Refusal("forbidden", { field: "lastAdmin" });
}
