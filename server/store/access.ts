import { and, eq, sql } from "drizzle-orm";
import { type Access, decide, type Standing } from "#lib/chat/access.ts";
import type { Actor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Scope } from "#lib/chat/token.ts";
import type { Db } from "./connection.ts";
import { prepared } from "./prepared.ts";
import { memberships, rooms, sessions, tokens, users } from "./tables.ts";

/** Who asks, and when (milliseconds since 1970): part of every command and query that is not open to everybody. */
export interface Asking {
  actor: Actor;
  now: number;
}

export type RoomRow = typeof rooms.$inferSelect;
export type MembershipRow = typeof memberships.$inferSelect;

/** Who acts, as the database knows them at this moment. */
export interface Acting {
  standing: Standing;
  scopes: readonly Scope[];
  /** Rooms that a token is limited to; null: no limit. */
  only: string[] | null;
}

/** A room that the one who asks may enter. */
export interface Entry extends Acting {
  room: RoomRow;
  membership: MembershipRow | null;
  access: Access;
}

const ALL: readonly Scope[] = ["read", "post", "admin"];

/**
 * The only way to a room of the database, for commands inside their transaction and for queries alike. A room that does not exist and one that
 * may not be entered take the same statements and end in the same `not-found`; `need` beyond entering ends in the refusal that says why.
 */
export async function enter(
  db: Db,
  asking: Asking & { room: string },
  need: Exclude<keyof Access, "enter">,
): Promise<Entry> {
  const entry = await look(db, asking);
  if (!entry?.access.enter) throw new Refusal("not-found");
  if (!entry.access[need]) throw new Refusal(reason(entry, need));
  return entry;
}

/** As `enter`, for what may be asked of a room in any case; undefined where `enter` would refuse with `not-found`. */
export async function look(db: Db, { actor, now, room: id }: Asking & { room: string }): Promise<Entry | undefined> {
  const user = actor.via === "console" ? "" : actor.user;
  const { room: find, membership: part } = statements(db);
  // All begun before one is awaited: to PostgreSQL they travel together.
  const found = find.execute({ room: id });
  const parts = part.execute({ room: id, user });
  const acting = await act(db, { actor, now });
  const [room] = await found;
  const [membership = null] = await parts;
  if (!room || (acting.only && !acting.only.includes(id))) return undefined;
  const access = accessTo(acting, room, membership);
  return access.enter ? { ...acting, room, membership, access } : undefined;
}

/** The decision about a row that is at hand. */
export function accessTo({ standing, scopes }: Acting, room: RoomRow, membership: MembershipRow | null): Access {
  return decide({
    standing,
    scopes,
    part: membership?.role,
    kind: room.kind,
    archived: room.archived,
    posting: room.posting,
  });
}

/** Whether the session or token still stands and its person may act: `unauthenticated` or `expired` when not. */
export async function act(db: Db, { actor, now }: Asking): Promise<Acting> {
  if (actor.via === "console") return { standing: "console", scopes: ALL, only: null };
  const { session, token, person } = statements(db);
  const owners = person.execute({ user: actor.user });
  const [grant] =
    actor.via === "session"
      ? await session.execute({ id: actor.session, user: actor.user })
      : await token.execute({ id: actor.token, user: actor.user });
  const [owner] = await owners;
  if (!grant || !owner || owner.suspended) throw new Refusal("unauthenticated");
  if (grant.expiresAt !== null && grant.expiresAt <= now) throw new Refusal("expired");
  return { scopes: ALL, only: null, ...grant, standing: owner.role };
}

/** As `act`, and may change what belongs to the place: its admins and the console. */
export async function actAsAdmin(db: Db, asking: Asking): Promise<Acting> {
  const acting = await act(db, asking);
  // A token that is limited to some rooms has no say in the place.
  const mayAdmin = acting.standing !== "member" && acting.scopes.includes("admin") && acting.only === null;
  if (!mayAdmin) throw new Refusal("forbidden");
  return acting;
}

/** As `act`, with one scope that the act needs. */
export async function actWith(db: Db, asking: Asking, scope: Scope): Promise<Acting> {
  const acting = await act(db, asking);
  if (!acting.scopes.includes(scope)) throw new Refusal("forbidden");
  return acting;
}

/** The person who acts: the console is none. */
export function personOf(actor: Actor): string {
  if (actor.via === "console") throw new Refusal("forbidden");
  return actor.user;
}

function reason({ room, scopes }: Entry, need: "read" | "post" | "manage") {
  if (need !== "post" || !scopes.includes("post")) return "forbidden";
  return room.archived ? "archived" : "read-only";
}

const given = sql.placeholder;

// One table each: in SQLite a join costs four times what two look-ups by key do.
const statements = prepared((db) => ({
  room: db
    .select()
    .from(rooms)
    .where(eq(rooms.id, given("room"))),
  membership: db
    .select()
    .from(memberships)
    .where(and(eq(memberships.room, given("room")), eq(memberships.user, given("user")))),
  person: db
    .select({ role: users.role, suspended: users.suspended })
    .from(users)
    .where(eq(users.id, given("user"))),
  session: db
    .select({ expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(and(eq(sessions.id, given("id")), eq(sessions.user, given("user")))),
  token: db
    .select({ expiresAt: tokens.expiresAt, scopes: tokens.scopes, only: tokens.rooms })
    .from(tokens)
    .where(and(eq(tokens.id, given("id")), eq(tokens.user, given("user")))),
}));
