import type { Between } from "./between.ts";

/** Which rooms this node wants hints about: those that somebody here has open, and those that connected people have joined. */
export interface Heeding {
  /** Counted: every `heed` wants its `ignore`. */
  heed(room: string): void;
  ignore(room: string): void;
  has(room: string): boolean;
  /** Until when hints may still be missed; undefined when they arrive. */
  ready(room: string): Promise<void> | undefined;
  rooms(): Iterable<string>;
}

const nothing = () => {};

/** For a node that is alone. */
export const NOT_NEEDED: Heeding = {
  ...{ heed: nothing, ignore: nothing },
  has: () => true,
  ready: () => undefined,
  rooms: () => [],
};

interface Heeded {
  count: number;
  ready?: Promise<void>;
}

/** `began` is told when hints about a room arrive, `ended` when nobody here wants them any more. */
export function createHeeding(
  between: Between,
  { began, ended }: { began(room: string): void; ended(room: string): void },
): Heeding {
  const rooms = new Map<string, Heeded>();

  async function begin(room: string, heeded: Heeded): Promise<void> {
    await between.heed(room);
    heeded.ready = undefined;
    if (rooms.get(room) === heeded) began(room);
  }

  return {
    heed(room) {
      const known = rooms.get(room);
      if (known) {
        known.count += 1;
        return;
      }
      const heeded: Heeded = { count: 1 };
      rooms.set(room, heeded);
      heeded.ready = begin(room, heeded);
    },
    ignore(room) {
      const heeded = rooms.get(room);
      if (!heeded || --heeded.count > 0) return;
      rooms.delete(room);
      between.ignore(room);
      ended(room);
    },
    has: (room) => rooms.has(room),
    ready: (room) => rooms.get(room)?.ready,
    rooms: () => rooms.keys(),
  };
}
