import type { InboxEvent } from "#lib/chat/inbox.ts";

type Snapshot = Extract<InboxEvent, { type: "snapshot" }>;

/** Hands on what the inbox tells; a snapshot that comes in parts as a whole, because half of it would show a place without half of its rooms. */
export function wholeSnapshots(hear: (event: InboxEvent) => void): (event: InboxEvent) => void {
  let begun: Snapshot[] = [];
  return (event) => {
    if (event.type !== "snapshot") return hear(event);
    const { type, me, part = 1, parts = 1 } = event;
    // The one before may have broken off with its connection.
    if (part === 1) begun = [];
    begun.push(event);
    if (part < parts) return;
    const rooms = begun.flatMap((each) => each.rooms);
    const people = begun.flatMap((each) => each.people);
    begun = [];
    hear({ type, me, rooms, people });
  };
}
