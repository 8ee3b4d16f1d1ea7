import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Me } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { applyInbox, inboxOf, readUpTo } from "#lib/client/inbox-state.ts";

const mina: Me = {
  id: "mina",
  name: "미나",
  title: "",
  role: "member",
  kind: "person",
  suspended: false,
  email: "mina@example.com",
  preferences: { language: null, theme: "system", density: "comfortable", enterSends: true, clock: "locale" },
};

function roomOf(changes: Partial<Room> = {}): Room {
  return {
    id: "room",
    name: "개발",
    topic: "",
    kind: "open",
    posting: "everyone",
    archived: false,
    createdAt: "2026-11-22T00:00:00Z",
    head: 10,
    lastSeq: 10,
    countable: 10,
    joined: true,
    readSeq: 4,
    readCountable: 4,
    mentions: 1,
    leads: false,
    mayPost: true,
    mayManage: false,
    ...changes,
  };
}

const begin = inboxOf({ type: "snapshot", me: mina, rooms: [roomOf()], people: [mina] });
const unread = (inbox: typeof begin) => {
  const room = inbox.rooms.get("room");
  return room ? room.countable - room.readCountable : undefined;
};

const growing = fc.oneof(
  fc.nat(50).map((n): InboxEvent => ({ type: "bump", room: "room", seq: n, countable: n })),
  fc.nat(50).map((n): InboxEvent => ({ type: "read", room: "room", readSeq: n, readCountable: n, mentions: 50 - n })),
  fc.nat(50).map(
    (n): InboxEvent => ({
      type: "room",
      room: roomOf({ lastSeq: n, head: n, countable: n, readSeq: 0, readCountable: 0 }),
    }),
  ),
);

describe("the inbox", () => {
  test("counts the same whatever the order in which bumps and reads come, and however often", () => {
    fc.assert(
      fc.property(fc.array(growing, { maxLength: 12 }), fc.infiniteStream(fc.nat(100)), (events, random) => {
        const forward = events.reduce(applyInbox, begin);
        const shuffled = [...events, ...events]
          .map((event) => ({ event, key: random.next().value }))
          .sort((one, other) => one.key - other.key);
        const other = shuffled.reduce((inbox, { event }) => applyInbox(inbox, event), begin);
        const numbers = ({ rooms }: typeof begin) => {
          const { lastSeq, countable, readSeq, readCountable } = rooms.get("room") as Room;
          return { lastSeq, countable: Math.max(countable, readCountable), readSeq };
        };
        expect(numbers(other)).toEqual(numbers(forward));
      }),
    );
  });

  test("a snapshot takes the place of everything, rooms that are gone included", () => {
    const other = roomOf({ id: "other", countable: 3, readCountable: 3 });
    const inbox = applyInbox(begin, { type: "snapshot", me: mina, rooms: [other], people: [mina] });
    expect([...inbox.rooms.keys()]).toEqual(["other"]);
  });

  test("what was read to the end is not unread when the bump for it comes late", () => {
    const read = readUpTo(begin, "room", 12);
    expect(unread(read)).toBe(0);
    expect(unread(applyInbox(read, { type: "bump", room: "room", seq: 12, countable: 12 }))).toBe(0);
    expect(unread(applyInbox(read, { type: "bump", room: "room", seq: 13, countable: 13 }))).toBe(3);
  });

  test("reading a part of it waits for the server's count", () => {
    const read = readUpTo(begin, "room", 6);
    expect(unread(read)).toBe(6);
    const event: InboxEvent = { type: "read", room: "room", readSeq: 6, readCountable: 6, mentions: 0 };
    expect(unread(applyInbox(read, event))).toBe(4);
  });

  test("joining begins with the server's numbers", () => {
    const left = applyInbox(begin, { type: "room", room: roomOf({ joined: false, readSeq: 0, readCountable: 0 }) });
    expect(left.rooms.get("room")?.readSeq).toBe(0);
  });

  test("an event that changes nothing leaves the same inbox", () => {
    expect(applyInbox(begin, { type: "bump", room: "room", seq: 3, countable: 3 })).toBe(begin);
    expect(applyInbox(begin, { type: "bump", room: "unknown", seq: 3, countable: 3 })).toBe(begin);
    expect(applyInbox(begin, { type: "room-gone", room: "unknown" })).toBe(begin);
  });

  test("a room that is taken away goes", () => {
    expect(applyInbox(begin, { type: "room-gone", room: "room" }).rooms.size).toBe(0);
  });

  test("one's own new name is in the list of people too, without what is private", () => {
    const inbox = applyInbox(begin, { type: "me", me: { ...mina, name: "김미나" } });
    expect(inbox.me.name).toBe("김미나");
    expect(inbox.people.get("mina")).toEqual({
      id: "mina",
      name: "김미나",
      title: "",
      role: "member",
      kind: "person",
      suspended: false,
    });
  });
});
