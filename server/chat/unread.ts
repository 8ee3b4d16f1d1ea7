import { roomActivity } from "#lib/chat/destinations.ts";
import type { Effect } from "#server/store/committed.ts";
import type { Connected } from "./connected.ts";
import type { Joined } from "./joined.ts";
import type { Count } from "./joined-rooms.ts";
import { onceASecond } from "./once-a-second.ts";
import { activityPublication, type Publish } from "./publication.ts";

type Read = Extract<Effect, { type: "read" }>;

/** Keeps everybody's counters: bumps are the same for all in a room, reads go to one's own devices. */
export interface Unread {
  /** A room has come so far. What is known already, as hints may come late or twice, is not told again. */
  bumped(room: string, at: Count): void;
  read(read: Read): void;
}

// Above, read positions are not shown: too many frames for too little.
const LARGE_ROOM = 500;

export function createUnread({
  connected,
  joined,
  publish,
}: {
  connected: Connected;
  joined: Joined;
  publish: Publish;
}): Unread {
  const bump = onceASecond<Count>((room, at) =>
    connected.tell(joined.users(room), { type: "bump", room, ...at }, room),
  );
  const tell = onceASecond<Read>((_key, { user, room, readSeq, readCountable, mentions }) =>
    connected.tell([user], { type: "read", room, readSeq, readCountable, mentions }, room),
  );
  const show = onceASecond<Record<string, number>>(
    (room, positions) => publish(roomActivity(room), activityPublication(room, { type: "reads", positions })),
    { merge: (old, positions) => ({ ...old, ...positions }) },
  );
  return {
    bumped(room, at) {
      if (joined.bumped(room, at)) bump(room, at);
    },
    read(read) {
      tell(`${read.room} ${read.user}`, read);
      if (joined.users(read.room).size <= LARGE_ROOM) show(read.room, { [read.user]: read.readSeq });
    },
  };
}
