import type { Call } from "#server/store/group-commit.ts";

/** Bounds how long the first command of a transaction waits for the last, and how long others wait for its rooms: or for all rooms, while the place is written. */
const MOST_OF_ROOMS = 64;
const MOST_OF_THE_PLACE = 16;

/** As many transactions keep PostgreSQL busy; what comes meanwhile shares the next one, which costs little more than one command's. */
const QUICK = 2;
/** Milliseconds after which a transaction waits for something, a room or a slow disk, and others go beside it. */
export const SLOW = 15;

/** The commands that touch one room alone, which their input names; all others are of the place. */
const OF_ONE_ROOM: ReadonlySet<string> = new Set([
  ...["post", "editMessage", "deleteMessage"],
  ...["markRead", "importMessages"],
]);

/** Commands that are one transaction: of rooms, in the order in which each room's came, or of the place (undefined). */
export interface Group {
  rooms: readonly string[] | undefined;
  calls: Call[];
}

/** What follows behind the commits: it takes its time and touches nothing of rooms, so it has a line of its own, and no room waits for it. No room has this id. */
const BEHIND: ReadonlySet<string> = new Set(["indexMessages"]);
const BEHIND_THE_COMMITS = " behind";

/** Those that change what messages are found by. */
const OF_SEARCH: ReadonlySet<string> = new Set(["editMessage", "deleteMessage", "indexMessages"]);

export const holdsSearch = ({ name }: Call) => OF_SEARCH.has(name);

/** The room that a command touches; undefined for the place. */
export function roomOf({ name, input }: Call): string | undefined {
  if (BEHIND.has(name)) return BEHIND_THE_COMMITS;
  return OF_ONE_ROOM.has(name) ? (input as { room: string }).room : undefined;
}

/** Commands that wait, in a line for each room and one for the place. Of each line one group is under way at a time. */
export class Lanes {
  readonly #waiting = new Map<string | undefined, Call[]>();
  readonly #busy = new Set<string | undefined>();
  /** Rooms that somebody else held: who waits for one of those must not keep others waiting. */
  readonly #contended = new Set<string>();
  /** When they began. */
  readonly #running = new Map<Group, number>();
  readonly #most: number;

  /** Never more than `most` groups go beside each other. */
  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0 && this.#running.size === 0;
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  append(call: Call): void {
    const room = roomOf(call);
    const line = this.#waiting.get(room);
    if (line) line.push(call);
    else this.#waiting.set(room, [call]);
  }

  /** What may begin now, of the lines that have waited longest. Undefined when nothing may: to be asked again when one has ended, or after a while. */
  next(): Group | undefined {
    const group = this.#isFull() ? undefined : this.#choose();
    if (group) this.#running.set(group, performance.now());
    return group;
  }

  /** What could not be done because somebody else held its room comes first again, in a group of its own. */
  ended(group: Group, withheld: readonly Call[]): void {
    const { rooms } = group;
    this.#running.delete(group);
    if (rooms === undefined) this.#busy.delete(undefined);
    for (const room of rooms ?? []) {
      this.#busy.delete(room);
      this.#contended.delete(room);
    }
    for (const call of withheld.toReversed()) {
      const room = roomOf(call) as string;
      this.#contended.add(room);
      this.#waiting.set(room, [call, ...(this.#waiting.get(room) ?? [])]);
    }
  }

  /** All that wait, who wait no longer. */
  clear(): Call[] {
    const calls = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return calls;
  }

  #isFull(): boolean {
    const quick = [...this.#running.values()].filter((since) => performance.now() - since < SLOW);
    return quick.length >= QUICK || this.#running.size >= this.#most;
  }

  #choose(): Group | undefined {
    const lines = [...this.#waiting.keys()].filter((room) => !this.#busy.has(room));
    if (lines.length === 0) return undefined;
    const [first] = lines;
    if (first === undefined) return { rooms: undefined, calls: this.#take(first, MOST_OF_THE_PLACE) };
    if (this.#isApart(first)) return { rooms: [first], calls: this.#take(first, MOST_OF_ROOMS) };
    return this.#gather(lines.filter((room) => room !== undefined && !this.#isApart(room)) as string[]);
  }

  #isApart(room: string): boolean {
    return room === BEHIND_THE_COMMITS || this.#contended.has(room);
  }

  #gather(lines: string[]): Group {
    const calls: Call[] = [];
    const rooms: string[] = [];
    for (const room of lines) {
      if (calls.length === MOST_OF_ROOMS) break;
      rooms.push(room);
      calls.push(...this.#take(room, MOST_OF_ROOMS - calls.length));
    }
    return { rooms, calls };
  }

  #take(room: string | undefined, most: number): Call[] {
    const line = this.#waiting.get(room) ?? [];
    const taken = line.splice(0, most);
    // What is left goes to the end.
    this.#waiting.delete(room);
    if (line.length > 0) this.#waiting.set(room, line);
    this.#busy.add(room);
    return taken;
  }
}
