import type { PersonActor } from "#lib/chat/actor.ts";
import { roomActivity } from "#lib/chat/destinations.ts";
import type { Connected } from "./connected.ts";
import type { Joined } from "./joined.ts";
import type { Neighbours } from "./neighbours.ts";
import { activityPublication, type Publish } from "./publication.ts";

/** Who is here: members of a room who have a live connection, to whichever node. A reload of the page is no departure. */
export interface Presence {
  arrive(session: string, actor: PersonActor): void;
  depart(session: string, actor: PersonActor): void;
  /** Memberships of this person changed. */
  reload(user: string): Promise<void>;
  online(room: string): string[];
  stop(): void;
}

// Milliseconds between the end of the last connection and "gone".
const GRACE = 5_000;

export function createPresence({
  connected,
  joined,
  publish,
  neighbours,
  grace = GRACE,
}: {
  connected: Connected;
  joined: Joined;
  publish: Publish;
  neighbours: Pick<Neighbours, "announce" | "elsewhere">;
  grace?: number;
}): Presence {
  const { elsewhere, announce } = neighbours;
  const leaving = new Map<string, NodeJS.Timeout>();

  function show(user: string, rooms: Iterable<string>, online: boolean): void {
    const event = { type: "presence", user, online } as const;
    for (const room of rooms) {
      const isElsewhere = !online && elsewhere.has(room, user);
      if (!isElsewhere) publish(roomActivity(room), activityPublication(room, event, `presence ${user}`));
      announce(room, user, online);
    }
  }

  async function reload(user: string): Promise<void> {
    const news = await joined.load(user);
    // Whoever went away while it was read is not here any more.
    if (!connected.has(user) && !leaving.has(user)) return joined.forget(user);
    show(user, news.joined, true);
    show(user, news.left, false);
  }

  function gone(user: string): void {
    leaving.delete(user);
    show(user, joined.rooms(user), false);
    joined.forget(user);
  }

  return {
    arrive(session, actor) {
      if (!connected.arrive(session, actor)) return;
      clearTimeout(leaving.get(actor.user));
      leaving.delete(actor.user);
      // Within the grace nobody is told, but memberships may have changed. The inbox waits for it and says what went wrong.
      reload(actor.user).catch(() => {});
    },
    depart(session, actor) {
      if (!connected.depart(session, actor)) return;
      leaving.set(actor.user, setTimeout(gone, grace, actor.user).unref());
    },
    reload,
    online: (room) => [...new Set([...joined.users(room), ...elsewhere.users(room)])],
    stop() {
      for (const timer of leaving.values()) clearTimeout(timer);
    },
  };
}
