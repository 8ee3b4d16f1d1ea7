import type { Store } from "#server/store/store.ts";
import { type Heeding, NOT_NEEDED } from "./heeding.ts";
import { createJoinedRooms, type JoinedRooms } from "./joined-rooms.ts";

/** Which rooms the people who are connected have joined: who gets a room's bumps, and where their presence shows. */
export interface Joined extends Pick<JoinedRooms, "users" | "all" | "bumped" | "forgetCounts"> {
  /** Reads it (again) from the database. Resolves with what has been joined and left since the last time, as soon as other nodes' news of it arrive. */
  load(user: string): Promise<{ joined: string[]; left: string[] }>;
  /** Resolves when this person's rooms are known. */
  known(user: string): Promise<unknown>;
  /** This membership changed: until it is read again, nothing of the room is for this person. */
  doubt(room: string, user: string): void;
  forget(user: string): void;
  rooms(user: string): Iterable<string>;
}

export function createJoined(store: Store, heeding: Heeding = NOT_NEEDED): Joined {
  const byUser = new Map<string, Set<string>>();
  const byRoom = createJoinedRooms(heeding);
  const loading = new Map<string, Promise<unknown>>();
  /** Rooms that changed since the last reading of somebody's began, for which its answer is too old. */
  const doubted = new Map<string, Set<string>>();

  async function load(user: string): Promise<{ joined: string[]; left: string[] }> {
    const doubts = new Set<string>();
    doubted.set(user, doubts);
    const rows = await store.read("joinedRooms", { user });
    const before = byUser.get(user) ?? new Set();
    const after = new Set(rows.map(({ room }) => room));
    const left = [...before.difference(after)];
    byUser.set(user, after);
    const joined = rows.filter((row) => !doubts.has(row.room) && byRoom.add(user, row)).map(({ room }) => room);
    for (const room of left) byRoom.remove(user, room);
    await Promise.all(joined.flatMap((room) => heeding.ready(room) ?? []));
    return { joined, left };
  }

  /** One after the other, or an old answer could overwrite a new one. */
  function next(user: string): Promise<{ joined: string[]; left: string[] }> {
    const loaded = (loading.get(user) ?? Promise.resolve()).catch(() => {}).then(() => load(user));
    loading.set(user, loaded);
    return loaded;
  }

  return {
    load: next,
    // A database that was busy then may not be any more.
    known: async (user) => await loading.get(user)?.catch(() => next(user)),
    doubt(room, user) {
      doubted.get(user)?.add(room);
      byRoom.remove(user, room);
    },
    forget: (user) => {
      for (const room of byUser.get(user) ?? []) byRoom.remove(user, room);
      byUser.delete(user);
      loading.delete(user);
      doubted.delete(user);
    },
    rooms: (user) => byUser.get(user) ?? [],
    ...{ users: byRoom.users, all: byRoom.all, bumped: byRoom.bumped, forgetCounts: byRoom.forgetCounts },
  };
}
