import type { Posted } from "./store/commands/post.ts";
import type { Store } from "./store/store.ts";

/** Seconds: from a commit that costs nothing to one that somebody noticed. */
export const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** What the database was asked to write. Plain numbers, read by metrics.ts. */
export interface Writes {
  /** Handed to the writer and not answered yet. */
  waiting: number;
  /** Messages that were stored; a retry that found its first result is none. */
  posted: number;
  /** Durable commits by how long they took: as many as BOUNDS, and one for what took longer. */
  readonly within: Float64Array;
  /** Seconds that all of them took together. */
  seconds: number;
}

/** The same store, and how long what it writes takes: from the call to the answer, which comes after the disk has it. */
export function measured(store: Store, now = () => performance.now()): { store: Store; writes: Writes } {
  const writes: Writes = { waiting: 0, posted: 0, within: new Float64Array(BOUNDS.length + 1), seconds: 0 };

  function committed(began: number): void {
    const seconds = (now() - began) / 1_000;
    writes.waiting -= 1;
    writes.seconds += seconds;
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    const bucket = at === -1 ? BOUNDS.length : at;
    writes.within[bucket] = (writes.within[bucket] as number) + 1;
  }

  const write: Store["write"] = (name, ...input) => {
    const began = now();
    writes.waiting += 1;
    const answer = store.write(name, ...input);
    answer.then(
      (result) => {
        committed(began);
        if (name === "post" && isFirst(input, result)) writes.posted += 1;
      },
      () => {
        writes.waiting -= 1;
      },
    );
    return answer;
  };
  return { store: { ...store, write }, writes };
}

/** A retry is answered with the id of the message that was stored before it. */
function isFirst([input]: readonly unknown[], result: unknown): boolean {
  return (input as Posted).id === (result as Posted).id;
}
