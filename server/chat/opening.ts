import type { PersonActor } from "#lib/chat/actor.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { atMost } from "./at-most.ts";
import type { Connected } from "./connected.ts";
import type { Context } from "./context.ts";
import type { Heeding } from "./heeding.ts";
import type { Joined } from "./joined.ts";
import type { Presence } from "./presence.ts";
import { activityPublication, type Publication, streamPublication } from "./publication.ts";
import { snapshotFrames } from "./snapshot-frames.ts";
import type { Snapshots } from "./snapshots.ts";
import type { Stream } from "./stream.ts";
import type { Typing } from "./typing.ts";

/** What a subscription begins with, in the shape that the gateway takes. */
export interface Opening {
  replay: Publication[];
  head?: number;
  receipt?: Record<string, string>;
}

export interface OpeningParts extends Pick<Context, "store" | "now" | "newId"> {
  stream: Stream;
  presence: Presence;
  typing: Typing;
  connected: Connected;
  joined: Joined;
  snapshots: Snapshots;
  heeding: Heeding;
}

/** The room's durable stream: every message changed since `from`, or `reset` (protocol.md, "The durable stream"). */
export async function openStream(
  { store, stream, heeding, now }: OpeningParts,
  actor: PersonActor,
  room: string,
  headers: ReadonlyMap<string, string>,
): Promise<Opening> {
  const from = cursor(headers.get("from"));
  // A room that one may not know of is asked about once, whether or not others here listen to it; and strangers make nobody heed anything.
  if (!heeding.has(room)) await store.read("room", { actor, now: now(), room });
  stream.opening(room);
  // Then no hint is missed after the head.
  await heeding.ready(room);
  const read = () => store.read("replay", { actor, now: now(), room, from, epoch: headers.get("epoch") });
  let replayed = await read();
  if (!stream.opened(room, replayed.head)) replayed = await read();
  const { head, epoch, reset, messages } = replayed;
  let prev = from ?? 0;
  const replay = messages.map((message) => {
    const { rev, clientId } = message;
    const time = message.deletedAt ?? message.editedAt ?? message.createdAt;
    const publication = streamPublication({ room, rev, prev, epoch, time, clientId, body: JSON.stringify(message) });
    prev = rev;
    return publication;
  });
  return { replay, head, receipt: { head: String(head), epoch, ...(reset && { reset: "true" }) } };
}

/** Who is here and who is typing. */
export async function openActivity(
  { store, stream, presence, typing, heeding, now }: OpeningParts,
  actor: PersonActor,
  room: string,
): Promise<Opening> {
  await store.read("room", { actor, now: now(), room });
  stream.opening(room);
  await heeding.ready(room);
  const event = { type: "snapshot", online: presence.online(room), typing: typing.users(room) } as const;
  return { replay: [activityPublication(room, event)] };
}

/**
 * Inboxes are as large as the place, and everybody's opens when the server comes back: all at once they would fill the memory, and keep the one reader from the
 * rooms.
 */
const inTurn = atMost(8, Number.POSITIVE_INFINITY);

/** All of oneself. Which rooms one's bumps come from is known first, so that none is missed after the snapshot. */
export async function openInbox({ joined, snapshots }: OpeningParts, actor: PersonActor): Promise<Opening> {
  await joined.known(actor.user);
  return { replay: snapshotFrames(await inTurn(() => snapshots.read(actor))) };
}

function cursor(from: string | undefined): number | undefined {
  if (from === undefined) return undefined;
  if (!/^\d{1,15}$/.test(from)) throw new Refusal("malformed", { field: "from" });
  return Number(from);
}
