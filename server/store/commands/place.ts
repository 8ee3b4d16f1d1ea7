import { eq, ne } from "drizzle-orm";
import type { Language, Person } from "#lib/chat/person.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, actAsAdmin } from "#server/store/access.ts";
import { rooms, settings, users } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";
import { appendMessages, type ImportedMessage } from "./import-messages.ts";
import { addMembership } from "./memberships.ts";
import { insertPerson, type NewPerson } from "./people.ts";

/** What a place begins with: a name, a voice of its own, and one room with a first message. */
export interface Founding {
  name: string;
  language: Language;
  host: NewPerson;
  lobby: { id: string; name: string };
  welcome: ImportedMessage;
}

/** First run: place, lobby and first admin, all or nothing. `not-found` once claimed, however many try at once. */
export async function claim(
  tx: Transaction,
  input: { now: number; founding: Founding; admin: NewPerson },
): Promise<Person> {
  if (!(await found(tx, input.founding, input.now))) throw new Refusal("not-found");
  const admin = await insertPerson(tx, input.admin, input.now);
  await tx.audited({ user: admin.id }, input.now, "place.claim", admin.id);
  return admin;
}

/** An account without an invite. */
export async function addPerson(tx: Transaction, input: Asking & { person: NewPerson }): Promise<Person> {
  await actAsAdmin(tx.db, input);
  const person = await insertPerson(tx, input.person, input.now);
  await tx.audited(input.actor, input.now, "person.add", person.id, person.role);
  return person;
}

export async function renamePlace(tx: Transaction, input: Asking & { name: string }): Promise<void> {
  await actAsAdmin(tx.db, input);
  await tx.db.update(settings).set({ value: input.name }).where(eq(settings.key, "name"));
  const [host] = await tx.db.select().from(settings).where(eq(settings.key, "host"));
  if (host) {
    await tx.db.update(users).set({ name: input.name }).where(eq(users.id, host.value));
    await tx.changed("person", host.value);
  }
  await tx.audited(input.actor, input.now, "place.rename", input.name);
}

/** The address of the server that runs, for consoles that were told none. */
export async function announceOrigin(tx: Transaction, { origin }: { origin: string }): Promise<void> {
  await tx.db
    .insert(settings)
    .values({ key: "origin", value: origin })
    .onConflictDoUpdate({ target: settings.key, set: { value: origin } });
}

/** What sessions are sealed with on all nodes that share this database: the first one that any of them brought. */
export async function keepSecret(tx: Transaction, { secret }: { secret: string }): Promise<string> {
  await tx.db.insert(settings).values({ key: "secret", value: secret }).onConflictDoNothing();
  const [kept] = await tx.db.select().from(settings).where(eq(settings.key, "secret"));
  return kept?.value ?? secret;
}

/** False when the place exists already: the key of the settings table decides. */
async function found(
  tx: Transaction,
  { name, language, host, lobby, welcome }: Founding,
  now: number,
): Promise<boolean> {
  const [first] = await tx.db.insert(settings).values({ key: "name", value: name }).onConflictDoNothing().returning();
  if (!first) return false;
  await tx.db.insert(settings).values([
    { key: "language", value: language },
    { key: "host", value: host.id },
  ]);
  await insertPerson(tx, host, now);
  const room = {
    id: lobby.id,
    name: lobby.name,
    kind: "open",
    posting: "everyone",
    lobby: true,
    createdAt: now,
  } as const;
  await tx.db.insert(rooms).values(room);
  await appendMessages(tx, { id: lobby.id, head: 0, countable: 0 }, [welcome]);
  // Accounts that the console made before anybody claimed the place.
  const people = await tx.db.select({ id: users.id }).from(users).where(ne(users.id, host.id));
  for (const { id } of people) await addMembership(tx, { room: lobby.id, user: id, role: "member", now });
  return true;
}
