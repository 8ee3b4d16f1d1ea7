import type { Store } from "#server/store/store.ts";

/** The history that revs belong to. It changes under a running node when the database is put back to an older state. */
export interface Epoch {
  current(): string;
  /** Somebody names another one: the database is asked which one holds, at most once a second. */
  doubt(): void;
  /** The database was found to be of this one. */
  found(epoch: string): void;
}

const PAUSE = 1_000;

export function createEpoch({
  store,
  epoch: first,
  changed,
  failed,
  now = () => performance.now(),
}: {
  store: Store;
  epoch: string;
  changed(): void;
  failed(error: unknown): void;
  /** Monotonic, in milliseconds. */
  now?(): number;
}): Epoch {
  let current = first;
  let asked = Number.NEGATIVE_INFINITY;

  function found(epoch: string): void {
    if (epoch === current) return;
    current = epoch;
    changed();
  }

  return {
    current: () => current,
    found,
    doubt() {
      if (now() - asked < PAUSE) return;
      asked = now();
      store.read("epoch").then(found).catch(failed);
    },
  };
}
