import { and, eq, notInArray } from "drizzle-orm";
import { Refusal } from "#lib/chat/refusal.ts";
import type { ChangeRoom, CreateRoom, RoomKind } from "#lib/chat/room.ts";
import { type Asking, actAsAdmin, actWith, enter } from "#server/store/access.ts";
import { memberships, rooms, users } from "#server/store/tables.ts";
import type { Transaction } from "#server/store/transaction.ts";
import { addMembership, removeMembership, setRoomRole } from "./memberships.ts";

/** Makes a room; its maker manages it, and an admins room has all admins in it. */
export async function createRoom(
  tx: Transaction,
  input: Asking & { id: string; room: Required<CreateRoom>; lobby?: boolean },
): Promise<void> {
  await actAsAdmin(tx.db, input);
  // The answer is the room: a refusal may not come when it is there already.
  await actWith(tx.db, input, "read");
  const { actor, now, id, room, lobby = false } = input;
  await tx.db.insert(rooms).values({ id, ...room, lobby, createdAt: now });
  await tx.changed("room", id);
  if (actor.via !== "console") await addMembership(tx, { room: id, user: actor.user, role: "admin", now });
  if (room.kind === "admins") await letAdminsIn(tx, id, now);
  await tx.audited(actor, now, "room.create", id, room.kind);
}

/** Renames, sets the topic, archives, changes who may post and who may enter. A change of `kind` lets people in and out at once. */
export async function changeRoom(
  tx: Transaction,
  input: Asking & { room: string; changes: ChangeRoom },
): Promise<void> {
  const { room, standing } = await enter(tx.db, input, "manage");
  await actWith(tx.db, input, "read");
  const { changes, actor, now } = input;
  // Whoever is no admin of the place would lock themselves out, and could not undo it.
  const isClosing = changes.kind === "admins" && room.kind !== "admins";
  if (isClosing && standing === "member") throw new Refusal("forbidden", { field: "kind" });
  if (Object.keys(changes).length === 0) return;
  await tx.db.update(rooms).set(changes).where(eq(rooms.id, room.id));
  await tx.changed("room", room.id);
  if (changes.kind && changes.kind !== room.kind) await changeKind(tx, input, room.kind, changes.kind);
  await tx.audited(actor, now, "room.change", room.id, Object.keys(changes).join(" "));
}

async function changeKind(
  tx: Transaction,
  { actor, now, room }: Asking & { room: string },
  from: RoomKind,
  to: RoomKind,
) {
  if (from === "open") await tx.changed("closed", room);
  // Whoever closes a room stays inside, and in charge of it.
  if (to === "members" && actor.via !== "console") {
    await addMembership(tx, { room, user: actor.user, role: "admin", now });
    await setRoomRole(tx, room, actor.user, "admin");
  }
  if (to !== "admins") return;
  await letAdminsIn(tx, room, now);
  const admins = tx.db.select({ id: users.id }).from(users).where(eq(users.role, "admin"));
  const others = await tx.db
    .select({ user: memberships.user })
    .from(memberships)
    .where(and(eq(memberships.room, room), notInArray(memberships.user, admins)));
  for (const { user } of others) await removeMembership(tx, room, user);
}

async function letAdminsIn(tx: Transaction, room: string, now: number): Promise<void> {
  const admins = await tx.db.select({ id: users.id }).from(users).where(eq(users.role, "admin"));
  for (const { id } of admins) await addMembership(tx, { room, user: id, role: "member", now });
}
