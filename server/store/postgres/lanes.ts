import type { Call } from "#server/store/group-commit.ts";

/** Bounds how long the first command of a transaction waits for the last, and how long others wait for the room: or for all rooms, while the place is written. */
const MOST_OF_A_ROOM = 64;
const MOST_OF_THE_PLACE = 16;

/** The commands that touch one room alone, which their input names; all others are of the place. */
const OF_ONE_ROOM: ReadonlySet<string> = new Set(["post", "markRead", "importMessages"]);

/** Commands of one room, or of the place (undefined), that are one transaction. */
export interface Group {
  room: string | undefined;
  calls: Call[];
}

/** Commands that wait, in a line for each room and one for the place. Of each line one group is under way at a time. */
export class Lanes {
  readonly #waiting = new Map<string | undefined, Call[]>();
  readonly #running = new Set<string | undefined>();
  readonly #most: number;

  /** `most` groups go beside each other. */
  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0 && this.#running.size === 0;
  }

  append(call: Call): void {
    const room = OF_ONE_ROOM.has(call.name) ? (call.input as { room: string }).room : undefined;
    const calls = this.#waiting.get(room);
    if (calls) calls.push(call);
    else this.#waiting.set(room, [call]);
  }

  /** What may begin now, of the line that has waited longest; undefined when nothing may. */
  next(): Group | undefined {
    if (this.#running.size === this.#most) return undefined;
    for (const [room, calls] of this.#waiting) {
      if (this.#running.has(room)) continue;
      this.#running.add(room);
      const taken = calls.splice(0, room === undefined ? MOST_OF_THE_PLACE : MOST_OF_A_ROOM);
      // What is left goes to the end.
      this.#waiting.delete(room);
      if (calls.length > 0) this.#waiting.set(room, calls);
      return { room, calls: taken };
    }
    return undefined;
  }

  ended({ room }: Group): void {
    this.#running.delete(room);
  }

  /** All that wait, who wait no longer. */
  clear(): Call[] {
    const calls = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return calls;
  }
}
