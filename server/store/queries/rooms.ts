import { and, eq, inArray, sql } from "drizzle-orm";
import type { Room, RoomMember } from "#lib/chat/room.ts";
import { type Acting, type Asking, act, enter } from "#server/store/access.ts";
import type { Db } from "#server/store/connection.ts";
import type { RoomRow } from "#server/store/grounds.ts";
import { prepared } from "#server/store/prepared.ts";
import { memberships, rooms, users } from "#server/store/tables.ts";
import { viewRoom } from "#server/store/views.ts";
import { lastChange } from "./changes.ts";
import { epoch } from "./epoch.ts";

/** Every room this person may read, archived ones last, else in the order they were made. */
export async function roomsOf(db: Db, asking: Asking): Promise<Room[]> {
  const acting = await act(db, asking);
  const { actor } = asking;
  const rows = await statements(db).list.execute({ user: actor.via === "console" ? "" : actor.user });
  return rows
    .flatMap(({ room, membership }) => viewRoom(acting, room, membership) ?? [])
    .sort(
      (one, other) =>
        Number(one.archived) - Number(other.archived) ||
        compare(one.createdAt, other.createdAt) ||
        compare(one.id, other.id),
    );
}

export async function room(db: Db, input: Asking & { room: string }): Promise<Room> {
  const { room: row, membership, ...acting } = await enter(db, input, "read");
  return viewRoom(acting, row, membership) as Room;
}

export async function members(db: Db, input: Asking & { room: string }): Promise<RoomMember[]> {
  await enter(db, input, "read");
  const rows = await statements(db).members.execute({ room: input.room });
  return rows.sort((one, other) => compare(one.user, other.user));
}

/** Members rooms in use that nobody on the web can manage, among those this person may read. */
export async function roomsWithoutAdmin(db: Db, asking: Asking): Promise<Room[]> {
  const led = await db
    .selectDistinct({ room: memberships.room })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.user))
    .where(isActiveAdmin);
  const known = new Set(led.map(({ room }) => room));
  const rooms = await roomsOf(db, asking);
  return rooms.filter(({ id, kind, archived }) => kind === "members" && !archived && !known.has(id));
}

/** Rooms a person has joined, and how far they have come: for the server's own book of who gets which news. */
export async function joinedRooms(db: Db, { user }: { user: string }): Promise<{ room: string; seq: number }[]> {
  return await joins(db).joined.execute({ user });
}

/** One room as each of these people sees it; null where it is not for them to see. For the server's own announcements. */
export async function roomAsSeen(
  db: Db,
  { room: id, users: ids }: { room: string; users: string[] },
): Promise<{ user: string; room: Room | null }[]> {
  const [row] = await db.select().from(rooms).where(eq(rooms.id, id));
  const parts = await db
    .select()
    .from(memberships)
    .where(and(eq(memberships.room, id), inArray(memberships.user, ids)));
  const people = await db.select().from(users).where(inArray(users.id, ids));
  const byUser = new Map(parts.map((part) => [part.user, part]));
  return people.map((person) => ({
    user: person.id,
    room: row && !person.suspended ? seenBy(person, row, byUser.get(person.id)) : null,
  }));
}

/** Every room as this person sees it; for the server's own announcements. */
export async function roomsAsSeen(db: Db, { user }: { user: string }): Promise<Room[]> {
  const [person] = await db.select().from(users).where(eq(users.id, user));
  if (!person || person.suspended) return [];
  const rows = await statements(db).list.execute({ user });
  return rows.flatMap((row) => seenBy(person, row.room, row.membership ?? undefined) ?? []);
}

export interface Heads {
  epoch: string;
  /** The last row of `changes` when this was read. */
  asOf: number;
  heads: { room: string; head: number; seq: number; countable: number }[];
}

/** Heads and counts of several rooms at once: a node compares them with what it has published. */
export async function heads(db: Db, { rooms: ids }: { rooms: string[] }): Promise<Heads> {
  const found = await db
    .select({ room: rooms.id, head: rooms.head, seq: rooms.lastSeq, countable: rooms.countable })
    .from(rooms)
    .where(inArray(rooms.id, ids));
  return { epoch: await epoch(db), asOf: await lastChange(db), heads: found };
}

function seenBy(
  { role }: typeof users.$inferSelect,
  row: RoomRow,
  part?: typeof memberships.$inferSelect,
): Room | null {
  const acting: Acting = { standing: role, scopes: ["read", "post", "admin"], only: null };
  return viewRoom(acting, row, part ?? null) ?? null;
}

/** Of a membership and its person: whoever counts as an admin of a room, because they can sign in and act as one. */
export const isActiveAdmin = and(eq(memberships.role, "admin"), eq(users.kind, "person"), eq(users.suspended, false));

/** As SQLite compares; PostgreSQL would compare by the words of its locale. */
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

const mine = and(eq(memberships.room, rooms.id), eq(memberships.user, sql.placeholder("user")));

const statements = prepared((db) => ({
  list: db.select({ room: rooms, membership: memberships }).from(rooms).leftJoin(memberships, mine),
  members: db
    .select({ user: memberships.user, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.room, sql.placeholder("room"))),
}));

const joins = prepared((db) => ({
  joined: db
    .select({ room: memberships.room, seq: rooms.lastSeq })
    .from(memberships)
    .innerJoin(rooms, eq(rooms.id, memberships.room))
    .where(eq(memberships.user, sql.placeholder("user"))),
}));
