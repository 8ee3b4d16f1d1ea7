import type { InboxEvent, SnapshotPart } from "#lib/chat/inbox.ts";

/** Hands on what the inbox tells; a snapshot that comes in parts as a whole, because half of it would show a place without half of its rooms. */
export function wholeSnapshots(hear: (event: InboxEvent) => void): (event: InboxEvent | SnapshotPart) => void {
  let begun: SnapshotPart[] = [];
  return (event) => {
    if (!("part" in event)) return hear(event);
    const { type, me, part, parts } = event;
    // The one before may have broken off with its connection.
    if (part === 1) begun = [];
    begun.push(event);
    if (part < parts || !me) return;
    const rooms = begun.flatMap((each) => each.rooms);
    const people = begun.flatMap((each) => each.people);
    begun = [];
    hear({ type, me, rooms, people });
  };
}
