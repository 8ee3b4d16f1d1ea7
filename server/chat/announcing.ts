import { createDrip } from "./drip.ts";
import type { HintOf } from "./hints.ts";
import { slices } from "./slices.ts";

type Said = HintOf<"presence"> | HintOf<"here"> | HintOf<"beat">;

/** Tells the other nodes who is here. Each word is numbered, so that whoever missed one notices at the next. */
export interface Announcing {
  /** Somebody of this node came into a room, or went. */
  announce(room: string, user: string, online: boolean): void;
  /** Somebody asks who is here: of all nodes, or of this one. */
  asked(room: string, ofThis: boolean): void;
  /** A sign of life, with a part of the rooms that have people here; some beats later all of them were named. */
  beat(): void;
  /** All rooms at once: something may have been missed. `back` asks the others for the same. */
  beatAll(back: boolean): void;
  /** Others missed something: all rooms at once, however many of them ask. */
  list(): void;
  stop(): void;
}

/** Beats in which every room is named once. */
const ROUND = 10;
/** Milliseconds between two lists of all rooms. */
const LIST_PAUSE = 1_000;
/** Rooms in one hint, and people: below 64 KiB. */
const ROOMS = 500;
const PEOPLE = 1_000;

export function createAnnouncing({
  tell,
  here,
}: {
  tell(hint: Said): void;
  here(room: string): ReadonlySet<string>;
}): Announcing {
  /** The number of the last word about each room that has people here. */
  const told = new Map<string, number>();
  let n = 0;
  let turn = 0;

  const answers = createDrip<string>((room) => {
    const all = [...slices([...here(room)], PEOPLE)];
    const parts = Math.max(1, all.length);
    for (let part = 0; part < parts; part++)
      tell({ kind: "here", room, n: told.get(room) ?? n, part, parts, users: all[part] ?? [] });
  });

  function name(rooms: [string, number][], back: boolean): void {
    if (rooms.length === 0) tell({ kind: "beat", rooms: [], back });
    for (const some of slices(rooms, ROOMS)) tell({ kind: "beat", rooms: some, back });
  }

  const lists = createDrip<boolean>((back) => name([...told], back), { atOnce: 1, pause: LIST_PAUSE });

  return {
    announce(room, user, online) {
      // Where it is not known any more what was told last, whoever hears of a departure asks.
      const prev = told.get(room) ?? (online ? 0 : n);
      n += 1;
      tell({ kind: "presence", room, user, online, n, prev });
      const others = here(room).size - Number(here(room).has(user));
      if (online || others > 0) told.set(room, n);
      else told.delete(room);
    },
    asked(room, ofThis) {
      if (ofThis || here(room).size > 0) answers.give(room);
    },
    beat() {
      const rooms = [...told];
      const part = Math.ceil(rooms.length / ROUND);
      name(rooms.slice(turn * part, (turn + 1) * part), false);
      turn = (turn + 1) % ROUND;
    },
    beatAll: (back) => name([...told], back),
    list: () => lists.give(false),
    stop() {
      answers.stop();
      lists.stop();
    },
  };
}
