import type { Me, Person } from "./person.ts";
import type { Room } from "./room.ts";

/**
 * Bodies of MESSAGE on `/user/queue/inbox` (protocol.md, "The inbox"). The first after SUBSCRIBE is a snapshot, in a large place in several parts one after
 * another before the RECEIPT; every later one may arrive twice or late without harm: numbers only grow, rooms and people are whole states.
 */
export type InboxEvent =
  | { type: "snapshot"; me: Me; rooms: Room[]; people: Person[] }
  /** A message was posted in a joined room: the same bytes for everyone in the room, at most one a second and room. */
  | { type: "bump"; room: string; seq: number; countable: number }
  /** A room appeared or changed, as this person sees it now. */
  | { type: "room"; room: Room }
  /** This person may no longer enter the room, or it left the sidebar for good. */
  | { type: "room-gone"; room: string }
  /** Read on another device. */
  | { type: "read"; room: string; readSeq: number; readCountable: number; mentions: number }
  /** A person came, changed name, title or role, or was suspended. */
  | { type: "person"; person: Person }
  /** Oneself changed on another device. */
  | { type: "me"; me: Me };

/** Some of the rooms and people of a snapshot that is too long for one frame. */
export interface SnapshotPart {
  type: "snapshot";
  /** The first is 1. */
  part: number;
  /** How many there are. */
  parts: number;
  /** In the last one at least: the first ones are the same for everyone. */
  me?: Me;
  rooms: Room[];
  people: Person[];
}

/**
 * Body of MESSAGE on `/user/queue/refusals`: why one SEND or SUBSCRIBE was refused. The frame's headers `receipt-id` and `client-id` repeat what the
 * refused frame carried as `receipt` and `client-id`; the id of a refused SUBSCRIBE is in the body, because the header `subscription` names this queue.
 */
export interface RefusalNotice {
  code: import("./refusal.ts").RefusalCode;
  /** One English sentence; the catalogs hold the others. */
  message: string;
  /** Which input is wrong, with `malformed`. */
  field?: string;
  /** Seconds. */
  retryAfter?: number;
  receiptId?: string;
  clientId?: string;
  /** Id of the SUBSCRIBE that was refused; it is free again. */
  subscription?: string;
}
