import type { Heeding } from "./heeding.ts";

/** How far a room has come: its last message, and how many of them count. */
export interface Count {
  seq: number;
  countable: number;
}

interface JoinedRoom {
  users: Set<string>;
  /** The last message that was counted. */
  seq: number;
}

/** The rooms that people who are connected have joined. */
export interface JoinedRooms {
  /** True when this person was not there. */
  add(user: string, at: { room: string; seq: number }): boolean;
  remove(user: string, room: string): void;
  users(room: string): ReadonlySet<string>;
  all(): string[];
  /** False when the room is known to have come so far before. */
  bumped(room: string, count: Count): boolean;
  /** Counts of another history say nothing about how far rooms have come. */
  forgetCounts(): void;
}

const NOBODY: ReadonlySet<string> = new Set();

/** While somebody is there, the room is heeded. */
export function createJoinedRooms(heeding: Heeding): JoinedRooms {
  const rooms = new Map<string, JoinedRoom>();
  return {
    add(user, { room, seq }) {
      const known = rooms.get(room);
      if (known?.users.has(user)) return false;
      if (known) known.users.add(user);
      else {
        rooms.set(room, { users: new Set([user]), seq });
        heeding.heed(room);
      }
      return true;
    },
    remove(user, room) {
      const known = rooms.get(room);
      if (!known?.users.delete(user) || known.users.size > 0) return;
      rooms.delete(room);
      heeding.ignore(room);
    },
    users: (room) => rooms.get(room)?.users ?? NOBODY,
    all: () => [...rooms.keys()],
    bumped(room, { seq }) {
      const known = rooms.get(room);
      // Somebody may be let in, in a moment, before it is told.
      if (!known) return true;
      const isNews = seq > known.seq;
      if (isNews) known.seq = seq;
      return isNews;
    },
    forgetCounts() {
      for (const known of rooms.values()) known.seq = 0;
    },
  };
}
