import { notFound } from "next/navigation";
import { cache } from "react";
import type { RenderedRoom } from "#components/room/room-switch.tsx";
import { isId } from "#lib/chat/ids.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Room } from "#lib/chat/room.ts";
import { runtime } from "#server/runtime.ts";
import { requireActor } from "../../session.ts";

/** A room for the one who asks. What does not exist and what one may not see end in the same page. One look-up a request. */
export const visibleRoom = cache(async (id: string): Promise<Room> => {
  const actor = await requireActor(`/rooms/${id}`);
  if (!isId(id)) notFound();
  return orNotFound(runtime().chat.rooms.get(actor, id));
});

/** What the first HTML of a room shows: from the first unread message on, or around the one a permalink names. */
export async function renderedRoom(id: string, seq?: number): Promise<RenderedRoom> {
  const room = await visibleRoom(id);
  const actor = await requireActor(`/rooms/${id}`);
  const { rooms, messages } = runtime().chat;
  const [page, members] = await orNotFound(
    Promise.all([messages.page(actor, id, opening(room, seq)), rooms.members(actor, id)]),
  );
  return { room, page, members };
}

function opening(room: Room, seq: number | undefined): { around?: number } {
  if (seq !== undefined) return { around: seq };
  const unread = room.joined ? room.countable - room.readCountable : 0;
  // A few unread messages are on the newest page anyway, with what was read before them.
  return unread > LIMITS.page.usual - 10 ? { around: room.readSeq } : {};
}

async function orNotFound<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (isRefusal(error) && error.code === "not-found") notFound();
    throw error;
  });
}
