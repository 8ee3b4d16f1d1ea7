import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Inbox } from "./chat-client.ts";

type Snapshot = Extract<InboxEvent, { type: "snapshot" }>;

export function inboxOf({ me, rooms, people }: Snapshot): Inbox {
  return { me, rooms: byId(rooms), people: byId(people) };
}

/** The inbox after an event. Numbers only grow, whatever the order: an event may arrive twice or late. A snapshot replaces everything. */
export function applyInbox(inbox: Inbox, event: InboxEvent): Inbox {
  switch (event.type) {
    case "snapshot":
      return inboxOf(event);
    case "bump":
      return withRoom(inbox, event.room, (room) => bumped(room, event));
    case "room":
      return withRooms(inbox, inbox.rooms, whole(inbox.rooms.get(event.room.id), event.room));
    case "room-gone":
      return withoutRoom(inbox, event.room);
    case "read":
      return withRoom(inbox, event.room, (room) => read(room, event));
    case "person":
      return withPerson(inbox, event.person);
    case "me":
      return withPerson({ ...inbox, me: event.me }, publicly(event.me));
  }
}

/** One has read up to here, before the server says so. */
export function readUpTo(inbox: Inbox, room: string, seq: number): Inbox {
  return withRoom(inbox, room, (before) => {
    const readCountable = seq >= before.lastSeq ? before.countable : before.readCountable;
    const mentions = seq >= before.lastSeq ? 0 : before.mentions;
    return read(before, { readSeq: seq, readCountable, mentions });
  });
}

/** One has not read it after all: the mark goes back to where it was `before`. */
export function unreadFrom(inbox: Inbox, before: Room): Inbox {
  const { readSeq, readCountable, mentions } = before;
  return withRoom(inbox, before.id, (room) => ({ ...room, readSeq, readCountable, mentions }));
}

function bumped(room: Room, { seq, countable }: { seq: number; countable: number }): Room {
  const next = {
    ...room,
    lastSeq: Math.max(room.lastSeq, seq),
    head: Math.max(room.head, seq),
    countable: Math.max(room.countable, countable),
  };
  // It was on the screen before the inbox told of it.
  const isRead = room.readSeq >= next.lastSeq;
  return isRead ? { ...next, readCountable: Math.max(next.countable, room.readCountable) } : next;
}

function read(room: Room, mark: { readSeq: number; readCountable: number; mentions: number }): Room {
  if (mark.readSeq < room.readSeq) return room;
  return {
    ...room,
    readSeq: mark.readSeq,
    readCountable: Math.max(room.readCountable, mark.readCountable),
    mentions: mark.mentions,
  };
}

/** A whole state of a room, but never a smaller number than the one before; leaving and joining begin anew. */
function whole(before: Room | undefined, room: Room): Room {
  if (!before || before.joined !== room.joined) return room;
  const isBehind = room.readSeq < before.readSeq;
  return {
    ...room,
    head: Math.max(before.head, room.head),
    lastSeq: Math.max(before.lastSeq, room.lastSeq),
    countable: Math.max(before.countable, room.countable),
    readSeq: Math.max(before.readSeq, room.readSeq),
    readCountable: Math.max(before.readCountable, room.readCountable),
    mentions: isBehind ? before.mentions : room.mentions,
  };
}

function withRoom(inbox: Inbox, id: string, change: (room: Room) => Room): Inbox {
  const room = inbox.rooms.get(id);
  if (!room) return inbox;
  const changed = change(room);
  return isSame(changed, room) ? inbox : withRooms(inbox, inbox.rooms, changed);
}

function withRooms(inbox: Inbox, rooms: ReadonlyMap<string, Room>, room: Room): Inbox {
  return { ...inbox, rooms: new Map(rooms).set(room.id, room) };
}

function withoutRoom(inbox: Inbox, id: string): Inbox {
  if (!inbox.rooms.has(id)) return inbox;
  const rooms = new Map(inbox.rooms);
  rooms.delete(id);
  return { ...inbox, rooms };
}

function withPerson(inbox: Inbox, person: Person): Inbox {
  return { ...inbox, people: new Map(inbox.people).set(person.id, person) };
}

function publicly({ id, name, title, role, kind, suspended }: Person): Person {
  return { id, name, title, role, kind, suspended };
}

function isSame(one: Room, other: Room): boolean {
  return (Object.keys(one) as (keyof Room)[]).every((key) => one[key] === other[key]);
}

function byId<T extends { id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
