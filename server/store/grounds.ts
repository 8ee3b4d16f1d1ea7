import { and, eq, sql } from "drizzle-orm";
import type { PersonActor } from "#lib/chat/actor.ts";
import type { Role } from "#lib/chat/person.ts";
import type { Scope } from "#lib/chat/token.ts";
import type { Db } from "./connection.ts";
import { dialect } from "./dialect.ts";
import { prepared } from "./prepared.ts";
import { memberships, rooms, sessions, tokens, users } from "./tables.ts";

export type RoomRow = typeof rooms.$inferSelect;
export type MembershipRow = typeof memberships.$inferSelect;

/** A person's session or token, and the person: undefined for what does not exist. */
export interface Credentials {
  grant: { expiresAt: number | null; scopes?: Scope[]; only?: string[] | null } | undefined;
  owner: { role: Role; suspended: boolean } | undefined;
}

/** What a room's access is decided on, in access.ts alone. */
export interface Grounds {
  room: RoomRow | undefined;
  membership: MembershipRow | undefined;
}

/** The session or token that a person came by, and the person. */
export async function credentialsOf(db: Db, actor: PersonActor): Promise<Credentials> {
  const { session, token, person } = single(db);
  // Both begun before one is awaited: to PostgreSQL they travel together.
  const owners = person.execute({ user: actor.user });
  const grants =
    actor.via === "session"
      ? session.execute({ id: actor.session, user: actor.user })
      : token.execute({ id: actor.token, user: actor.user });
  const [[grant], [owner]] = [await grants, await owners];
  return { grant, owner };
}

/** The room and somebody's part in it; the console is nobody. Takes the same statements whether or not there is such a room. */
export async function groundsOf(db: Db, id: string, user: string): Promise<Grounds> {
  const { room: find, membership: part } = single(db);
  const found = find.execute({ room: id });
  const parts = part.execute({ room: id, user });
  const [[room], [membership]] = [await found, await parts];
  return { room, membership };
}

/**
 * Both at once. To PostgreSQL that is one statement, because each costs about as much as all of this; in SQLite a join costs four times what two
 * look-ups by key do.
 */
export async function allOf(db: Db, actor: PersonActor, id: string): Promise<Credentials & Grounds> {
  if (dialect === "sqlite") return { ...(await credentialsOf(db, actor)), ...(await groundsOf(db, id, actor.user)) };
  const { session, token } = joined(db);
  const { user } = actor;
  const [found] =
    actor.via === "session"
      ? await session.execute({ room: id, user, id: actor.session })
      : await token.execute({ room: id, user, id: actor.token });
  const { owner, grant, room, membership } = found ?? {};
  return { owner, grant: grant ?? undefined, room: room ?? undefined, membership: membership ?? undefined };
}

const given = sql.placeholder;

const OF_A_SESSION = { expiresAt: sessions.expiresAt };
// By the first of a table's columns drizzle tells whether a join found a row.
const OF_A_TOKEN = { scopes: tokens.scopes, only: tokens.rooms, expiresAt: tokens.expiresAt };
const OF_A_PERSON = { role: users.role, suspended: users.suspended };

const single = prepared((db) => ({
  room: db
    .select()
    .from(rooms)
    .where(eq(rooms.id, given("room"))),
  membership: db
    .select()
    .from(memberships)
    .where(and(eq(memberships.room, given("room")), eq(memberships.user, given("user")))),
  person: db
    .select(OF_A_PERSON)
    .from(users)
    .where(eq(users.id, given("user"))),
  session: db
    .select(OF_A_SESSION)
    .from(sessions)
    .where(and(eq(sessions.id, given("id")), eq(sessions.user, given("user")))),
  token: db
    .select(OF_A_TOKEN)
    .from(tokens)
    .where(and(eq(tokens.id, given("id")), eq(tokens.user, given("user")))),
}));

const joined = prepared((db) => ({
  session: db
    .select({ owner: OF_A_PERSON, grant: OF_A_SESSION, room: rooms, membership: memberships })
    .from(users)
    .leftJoin(sessions, and(eq(sessions.id, given("id")), eq(sessions.user, users.id)))
    .leftJoin(rooms, eq(rooms.id, given("room")))
    .leftJoin(memberships, and(eq(memberships.room, rooms.id), eq(memberships.user, users.id)))
    .where(eq(users.id, given("user"))),
  token: db
    .select({ owner: OF_A_PERSON, grant: OF_A_TOKEN, room: rooms, membership: memberships })
    .from(users)
    .leftJoin(tokens, and(eq(tokens.id, given("id")), eq(tokens.user, users.id)))
    .leftJoin(rooms, eq(rooms.id, given("room")))
    .leftJoin(memberships, and(eq(memberships.room, rooms.id), eq(memberships.user, users.id)))
    .where(eq(users.id, given("user"))),
}));
