import type { PersonActor } from "#lib/chat/actor.ts";
import { matchSubscription } from "#lib/chat/destinations.ts";
import type { RefusalCode } from "#lib/chat/refusal.ts";
import type { Store } from "#server/store/store.ts";

/** What remains of a live connection, in the shape that the gateway takes. */
export interface Remains {
  close?: RefusalCode;
  end: { destination: string; code: RefusalCode }[];
}

/**
 * Looks again at what this person may still listen to. The decision itself is made in the database's transaction (store/access.ts, by the table
 * in lib/chat/access.ts); a room that was lost ends as one that does not exist.
 */
export async function remaining(
  { store, now }: { store: Store; now(): number },
  actor: PersonActor,
  destinations: readonly string[],
): Promise<Remains> {
  const rooms = new Set(destinations.flatMap((destination) => roomOf(destination) ?? []));
  const { ended, lost } = await store.read("remaining", { actor, now: now(), rooms: [...rooms] });
  if (ended) return { close: ended, end: [] };
  const gone = new Set(lost);
  return {
    end: destinations
      .filter((destination) => gone.has(roomOf(destination) ?? ""))
      .map((destination) => ({ destination, code: "not-found" })),
  };
}

/** The room whose stream or activity this is. */
export function roomOf(destination: string): string | undefined {
  const match = matchSubscription(destination);
  return match && "room" in match ? match.room : undefined;
}
