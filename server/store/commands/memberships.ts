import { and, eq } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Asking, enter, personOf } from "#server/store/access.ts";
import { memberships, rooms, users } from "#server/store/sqlite.ts";
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
  await removeMembership(tx, room.id, personOf(input.actor));
}

export async function grant(tx: Transaction, input: Asking & { room: string; user: string }): Promise<void> {
  const { room } = await enter(tx.db, input, "manage");
  const [user] = await tx.db.select().from(users).where(eq(users.id, input.user));
  if (!user || user.suspended) throw new Refusal("not-found");
  // Only the role opens an admins room.
  if (room.kind === "admins" && user.role !== "admin") throw new Refusal("forbidden");
  await addMembership(tx, { room: room.id, user: user.id, role: "member", now: input.now });
  await tx.audited(input.actor, input.now, "room.grant", room.id, user.id);
}

export async function revoke(tx: Transaction, input: Asking & { room: string; user: string }): Promise<void> {
  const { room } = await enter(tx.db, input, "manage");
  if (room.kind === "admins") throw new Refusal("forbidden");
  await removeMembership(tx, room.id, input.user);
  await tx.audited(input.actor, input.now, "room.revoke", room.id, input.user);
}

/** Whoever comes has read what was there before; nothing when they are in it already. */
export async function addMembership(
  tx: Transaction,
  { room, user, role, now }: { room: string; user: string; role: "admin" | "member"; now: number },
): Promise<void> {
  const [state] = await tx.db
    .select({ readSeq: rooms.lastSeq, readCountable: rooms.countable })
    .from(rooms)
    .where(eq(rooms.id, room));
  const added = await tx.db
    .insert(memberships)
    .values({ room, user, role, joinedAt: now, ...state })
    .onConflictDoNothing()
    .returning({ room: memberships.room });
  if (added.length > 0) await tx.changed("membership", room, user);
}

export async function removeMembership(tx: Transaction, room: string, user: string): Promise<void> {
  const removed = await tx.db
    .delete(memberships)
    .where(and(eq(memberships.room, room), eq(memberships.user, user)))
    .returning({ room: memberships.room });
  if (removed.length > 0) await tx.changed("membership", room, user);
}
