import type { InboxEvent } from "#lib/chat/inbox.ts";

type Snapshot = Extract<InboxEvent, { type: "snapshot" }>;

/** Bytes of rooms and people in one frame: with oneself and the headers it stays below 64 KiB. */
const MOST = 56 * 1024;

/**
 * One snapshot as the frames that carry it. In one piece the inbox of a large place would be longer than what may wait for a slow connection, which
 * would be closed, come back, and be closed again; between frames the gateway waits for room.
 */
export function snapshotFrames(snapshot: Snapshot): Snapshot[] {
  const { type, me } = snapshot;
  const frames: Snapshot[] = [];
  let left = 0;

  function frameFor(thing: object): Snapshot {
    const bytes = Buffer.byteLength(JSON.stringify(thing)) + 1;
    const last = frames.at(-1);
    left -= bytes;
    if (last && left >= 0) return last;
    left = MOST - bytes;
    const next: Snapshot = { type, me, rooms: [], people: [] };
    frames.push(next);
    return next;
  }

  for (const room of snapshot.rooms) frameFor(room).rooms.push(room);
  for (const person of snapshot.people) frameFor(person).people.push(person);
  if (frames.length < 2) return [snapshot];
  return frames.map((frame, index) => ({ ...frame, part: index + 1, parts: frames.length }));
}
