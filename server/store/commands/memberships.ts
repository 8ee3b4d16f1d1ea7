import { and, count as countRows, eq, ne, or, type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import type { RoomRole } from "#lib/chat/room.ts";
import { type Asking, enter, personOf } from "#server/store/access.ts";
import type { RoomRow } from "#server/store/grounds.ts";
import { prepared } from "#server/store/prepared.ts";
import { isActiveAdmin } from "#server/store/queries/rooms.ts";
import { memberships, rooms, users } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";

/** Joins an open room: into the sidebar, with unread counts from here on. */
export async function joinRoom(tx: Transaction, input: Asking & { room: string }): Promise<void> {
  const { room } = await enter(tx.db, input, "read");
  await addMembership(tx, { room: room.id, user: personOf(input.actor), role: "member", now: input.now });
}

/** Leaves. An open room can still be read; a members room is gone until somebody lets one in again; admins rooms come with the role. */
export async function leaveRoom(tx: Transaction, input: Asking & { room: string }): Promise<void> {
  const { room } = await enter(tx.db, input, "read");
  if (room.kind === "admins") throw new Refusal("forbidden");
  const user = personOf(input.actor);
  await keepAdmin(tx, { ...input, room, user }, () => removeMembership(tx, room.id, user));
}

/** Lets somebody in; with a role, makes them an admin of the room or a plain member again. */
export async function grant(
  tx: Transaction,
  input: Asking & { room: string; user: string; role?: RoomRole },
): Promise<void> {
  const { room } = await enter(tx.db, input, "manage");
  const { actor, now, role } = input;
  const [user] = await tx.db.select().from(users).where(eq(users.id, input.user));
  if (!user || user.email === null) throw new Refusal("not-found");
  const isIn = await tx.db.$count(memberships, membershipOf(room.id, user.id));
  if (user.suspended && isIn === 0) throw new Refusal("not-found");
  // Only the role opens an admins room.
  if (room.kind === "admins" && user.role !== "admin") throw new Refusal("forbidden");
  await addMembership(tx, { room: room.id, user: user.id, role: "member", now });
  if (role) await keepAdmin(tx, { actor, room, user: user.id }, () => setRoomRole(tx, room.id, user.id, role));
  await tx.audited(actor, now, "room.grant", room.id, role ? `${user.id} ${role}` : user.id);
}

export async function revoke(tx: Transaction, input: Asking & { room: string; user: string }): Promise<void> {
  const { room } = await enter(tx.db, input, "manage");
  if (room.kind === "admins") throw new Refusal("forbidden");
  await keepAdmin(tx, { ...input, room }, () => removeMembership(tx, room.id, input.user));
  await tx.audited(input.actor, input.now, "room.revoke", room.id, input.user);
}

/** Does what takes somebody's part in a room, and refuses when that was the last one who could manage it: the console alone may do that. */
async function keepAdmin(
  tx: Transaction,
  { actor, room, user }: { actor: Actor; room: RoomRow; user: string },
  act: () => Promise<void>,
): Promise<void> {
  const needsAdmin = room.kind === "members" && !room.archived && actor.via !== "console";
  const led = needsAdmin && (await count(tx, room.id, leads, eq(users.id, user))) > 0;
  await act();
  if (led && (await count(tx, room.id, isActiveAdmin)) === 0)
    throw new Refusal("forbidden", { field: "lastRoomAdmin" });
}

// An admin of the place who is in a room manages it; where its own admins are all suspended, that is the last one who can name another.
const leads = and(
  or(eq(memberships.role, "admin"), eq(users.role, "admin")),
  eq(users.kind, "person"),
  eq(users.suspended, false),
);

async function count(tx: Transaction, room: string, ...of: (SQL | undefined)[]): Promise<number> {
  const [found] = await tx.db
    .select({ n: countRows() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.user))
    .where(and(eq(memberships.room, room), ...of));
  return found?.n ?? 0;
}

/** Whoever comes has read what was there before; nothing when they are in it already. */
export async function addMembership(
  tx: Transaction,
  { room, user, role, now }: { room: string; user: string; role: RoomRole; now: number },
): Promise<void> {
  const { state, add } = statements(tx.db);
  const [read] = await state.execute({ room });
  const added = await add.execute({ room, user, role, now, readSeq: 0, readCountable: 0, ...read });
  if (added.length > 0) await tx.changed("membership", room, user);
}

export async function removeMembership(tx: Transaction, room: string, user: string): Promise<void> {
  const removed = await tx.db.delete(memberships).where(membershipOf(room, user)).returning({ room: memberships.room });
  if (removed.length > 0) await tx.changed("membership", room, user);
}

/** An admin of the room or not; nothing when it is so already, or they are not in it. */
export async function setRoomRole(tx: Transaction, room: string, user: string, role: RoomRole): Promise<void> {
  const changed = await tx.db
    .update(memberships)
    .set({ role })
    .where(and(membershipOf(room, user), ne(memberships.role, role)))
    .returning({ room: memberships.room });
  if (changed.length > 0) await tx.changed("membership", room, user);
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  state: db
    .select({ readSeq: rooms.lastSeq, readCountable: rooms.countable })
    .from(rooms)
    .where(eq(rooms.id, given("room"))),
  add: db
    .insert(memberships)
    .values({
      room: given("room"),
      user: given("user"),
      role: given("role"),
      joinedAt: given("now"),
      readSeq: given("readSeq"),
      readCountable: given("readCountable"),
    })
    .onConflictDoNothing()
    .returning({ room: memberships.room }),
}));

const membershipOf = (room: string, user: string) => and(eq(memberships.room, room), eq(memberships.user, user));
