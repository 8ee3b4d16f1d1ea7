import type { Store } from "#server/store/store.ts";

/** Which rooms the people who are connected have joined: who gets a room's bumps, and where their presence shows. */
export interface Joined {
  /** Reads it (again) from the database. Resolves with what has been joined and left since the last time. */
  load(user: string): Promise<{ joined: string[]; left: string[] }>;
  /** Resolves when this person's rooms are known. */
  known(user: string): Promise<unknown>;
  /** This membership changed: until it is read again, nothing of the room is for this person. */
  doubt(room: string, user: string): void;
  forget(user: string): void;
  rooms(user: string): Iterable<string>;
  users(room: string): ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

export function createJoined(store: Store): Joined {
  const byUser = new Map<string, Set<string>>();
  const byRoom = new Map<string, Set<string>>();
  const loading = new Map<string, Promise<unknown>>();
  /** Rooms that changed since the last reading of somebody's began, for which its answer is too old. */
  const doubted = new Map<string, Set<string>>();

  function add(user: string, room: string): void {
    const users = byRoom.get(room);
    if (users) users.add(user);
    else byRoom.set(room, new Set([user]));
  }

  function remove(user: string, room: string): void {
    const users = byRoom.get(room);
    users?.delete(user);
    if (users?.size === 0) byRoom.delete(room);
  }

  async function load(user: string): Promise<{ joined: string[]; left: string[] }> {
    const doubts = new Set<string>();
    doubted.set(user, doubts);
    const after = new Set(await store.read("joinedRooms", { user }));
    const before = byUser.get(user) ?? new Set();
    const joined = [...after.difference(before)];
    const left = [...before.difference(after)];
    byUser.set(user, after);
    for (const room of after.difference(doubts)) add(user, room);
    for (const room of left) remove(user, room);
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
      remove(user, room);
    },
    forget: (user) => {
      for (const room of byUser.get(user) ?? []) remove(user, room);
      byUser.delete(user);
      loading.delete(user);
      doubted.delete(user);
    },
    rooms: (user) => byUser.get(user) ?? [],
    users: (room) => byRoom.get(room) ?? NOBODY,
  };
}
