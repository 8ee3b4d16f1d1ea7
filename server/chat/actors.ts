import type { PersonActor } from "#lib/chat/actor.ts";
import type { Store } from "#server/store/store.ts";

/** Whom sessions and tokens speak for: read once, remembered until the database says that something of it changed. */
export interface Actors {
  bySession(session: string): Promise<PersonActor | undefined>;
  /** By the SHA-256 of the secret. */
  byToken(hash: string): Promise<PersonActor | undefined>;
  /** Something of this person's sessions, tokens, role or suspension changed. */
  forget(user: string): void;
  /** Another database may know others. */
  forgetAll(): void;
}

const MOST = 20_000;

export function createActors({ store, now }: { store: Store; now(): number }): Actors {
  const known = new Map<string, PersonActor>();
  let changes = 0;

  async function remember(
    key: string,
    by: { session: string } | { tokenHash: string },
  ): Promise<PersonActor | undefined> {
    const actor = known.get(key);
    if (actor && (actor.expiresAt === null || actor.expiresAt > now())) return actor;
    const before = changes;
    const found = await store.read("actorOf", { ...by, now: now() });
    // An answer that was under way while something changed may be older than the change.
    if (found && before === changes) {
      if (known.size >= MOST) known.clear();
      known.set(key, found);
    }
    return found;
  }

  return {
    bySession: (session) => remember(`session ${session}`, { session }),
    byToken: (hash) => remember(`token ${hash}`, { tokenHash: hash }),
    forgetAll() {
      changes += 1;
      known.clear();
    },
    forget(user) {
      changes += 1;
      for (const [key, actor] of known) if (actor.user === user) known.delete(key);
    },
  };
}
