import type { PersonActor } from "#lib/chat/actor.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Me } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Store } from "#server/store/store.ts";
import { type Everybody, everybody } from "./everybody.ts";

export interface OwnSnapshot {
  me: Me;
  rooms: Room[];
  everybody: Everybody;
}

/** Reads what inboxes and pages begin with. */
export interface Snapshots {
  read(actor: PersonActor): Promise<OwnSnapshot>;
  whole(actor: PersonActor): Promise<Extract<InboxEvent, { type: "snapshot" }>>;
  /** The people are those of another history. */
  forget(): void;
}

/**
 * The people of the place, who are most of a snapshot, are kept from one to the next. Whether they are still the same is looked up in the transaction that reads
 * the rest, so a change that this process has not heard of yet is not missed either.
 */
export function createSnapshots({ store, now }: { store: Store; now(): number }): Snapshots {
  let latest: Everybody | undefined;

  async function read(actor: PersonActor): Promise<OwnSnapshot> {
    // Others may have newer ones before this is answered.
    const had = latest;
    const { me, rooms, asOf, people } = await store.read("inbox", { actor, now: now(), peopleAsOf: had?.asOf });
    if (!people) return { me, rooms, everybody: had as Everybody };
    if (latest?.asOf !== asOf) latest = everybody(people, asOf);
    return { me, rooms, everybody: latest };
  }

  return {
    read,
    forget() {
      latest = undefined;
    },
    async whole(actor) {
      const { me, rooms, everybody } = await read(actor);
      return { type: "snapshot", me, rooms, people: everybody.people };
    },
  };
}
