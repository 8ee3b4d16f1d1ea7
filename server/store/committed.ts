/**
 * What the writer hands to the main thread with every commit, in commit order. A change of access, or of what people see of rooms and people,
 * is a row of `changes`, so that one made by another process (the command line, another node) arrives the same way.
 */
export const CHANGE_KINDS = [
  /** Somebody came, or changed name, title or preferences. Subject: user. */
  "person",
  /** Role or suspension. Subject: user. */
  "role",
  /** A session ended. Subject: user, session. */
  "session",
  /** A token ended. Subject: user, token. */
  "token",
  /** Name, topic, archive, posting or kind. Subject: room. */
  "room",
  /** A room that had been open to all no longer is. Subject: room. */
  "closed",
  /** Joined, left, let in, taken out, made an admin of the room or not any more. Subject: room, user. */
  "membership",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  n: number;
  kind: ChangeKind;
  /** Ids, separated by a space. */
  subject: string;
}

/** What else a commit did that live connections want to know; a node that misses it finds the state in the database. */
export type Effect =
  | {
      type: "posted";
      room: string;
      rev: number;
      countable: number;
      author: string;
      /** The message as JSON: made once, in the writer's thread. */
      body: string;
      time: number;
      clientId?: string;
    }
  /** Edited or deleted: a message in its present state, which nobody has to read again. */
  | { type: "revised"; room: string; rev: number; body: string; time: number; clientId?: string }
  | { type: "read"; user: string; room: string; readSeq: number; readCountable: number; mentions: number };

export interface Committed {
  changes: Change[];
  effects: Effect[];
}

/** More changes of access than the lost end of a history can have held. */
export const LOST_CHANGES = 1_000_000;
