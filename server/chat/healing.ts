import { repeating } from "#server/store/repeating.ts";
import type { Store } from "#server/store/store.ts";
import type { Joined } from "./joined.ts";
import { slices } from "./slices.ts";
import type { Stream } from "./stream.ts";
import type { Unread } from "./unread.ts";

/** Looks into the database for what nobody said: the rooms that somebody has open often, the counts of all others that people here have joined in turn. */
export interface Healing {
  /** All of them at once: hints were lost. */
  checkAll(): void;
  stop(): void;
}

/** Looks within which every joined room had its turn: 30 seconds, with two between them. */
const ROUND = 15;
/** Rooms that are asked for in one statement. */
const AT_ONCE = 500;

export function createHealing({
  store,
  stream,
  joined,
  unread,
  failed,
  every,
  isAlone,
}: {
  store: Store;
  stream: Stream;
  joined: Joined;
  unread: Unread;
  failed(error: unknown): void;
  /** Milliseconds between two looks: a slow database is not asked again while it answers. */
  every: number;
  /** Then whatever counts was committed here. */
  isAlone: boolean;
}): Healing {
  let turn = 0;

  async function checkCounts(rooms: readonly string[]): Promise<void> {
    for (const some of slices(rooms, AT_ONCE)) {
      const { heads, asOf } = await store.read("heads", { rooms: some });
      // Whoever lost access is not told of what was posted after that.
      await store.know(asOf);
      for (const { room, seq, countable } of heads) unread.bumped(room, { seq, countable });
    }
  }

  function nextRooms(): string[] {
    const rooms = joined.all();
    const part = Math.ceil(rooms.length / ROUND);
    turn = (turn + 1) % ROUND;
    return rooms.slice(turn * part, (turn + 1) * part);
  }

  async function check(rooms: () => readonly string[]): Promise<void> {
    await stream.checkHeads();
    if (!isAlone) await checkCounts(rooms());
  }

  const stop = repeating(every, () => check(nextRooms).catch(failed));
  return {
    checkAll: () => void check(joined.all).catch(failed),
    stop,
  };
}
