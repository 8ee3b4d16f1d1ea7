import { and, eq, sql } from "drizzle-orm";
import { type Access, decide, type Standing } from "#lib/chat/access.ts";
import type { Actor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { Scope } from "#lib/chat/token.ts";
import type { Db } from "./connection.ts";
import { prepared } from "./prepared.ts";
import { memberships, rooms, sessions, tokens, users } from "./sqlite.ts";

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
  const acting = await act(db, { actor, now });
  const [row] = await statements(db).room.execute({ room: id, user });
  if (!row || (acting.only && !acting.only.includes(id))) return undefined;
  const access = accessTo(acting, row.room, row.membership);
  return access.enter ? { ...acting, ...row, access } : undefined;
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
  const { session, token } = statements(db);
  const [grant] =
    actor.via === "session"
      ? await session.execute({ id: actor.session, user: actor.user })
      : await token.execute({ id: actor.token, user: actor.user });
  if (!grant || grant.suspended) throw new Refusal("unauthenticated");
  if (grant.expiresAt !== null && grant.expiresAt <= now) throw new Refusal("expired");
  return { standing: grant.role, scopes: grant.scopes ?? ALL, only: grant.rooms };
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

const statements = prepared((db) => ({
  room: db
    .select({ room: rooms, membership: memberships })
    .from(rooms)
    .leftJoin(memberships, and(eq(memberships.room, rooms.id), eq(memberships.user, sql.placeholder("user"))))
    .where(eq(rooms.id, sql.placeholder("room")))
    .prepare(),
  session: db
    .select({
      role: users.role,
      suspended: users.suspended,
      expiresAt: sessions.expiresAt,
      scopes: sql<Scope[] | null>`null`,
      rooms: sql<string[] | null>`null`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.user))
    .where(and(eq(sessions.id, sql.placeholder("id")), eq(sessions.user, sql.placeholder("user"))))
    .prepare(),
  token: db
    .select({
      role: users.role,
      suspended: users.suspended,
      expiresAt: tokens.expiresAt,
      scopes: tokens.scopes,
      rooms: tokens.rooms,
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.user))
    .where(and(eq(tokens.id, sql.placeholder("id")), eq(tokens.user, sql.placeholder("user"))))
    .prepare(),
}));
