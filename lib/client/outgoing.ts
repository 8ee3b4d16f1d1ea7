import type { Message } from "#lib/chat/message.ts";
import type { RefusalCode } from "#lib/chat/refusal.ts";

/** A message of one's own that is on its way. */
export interface Outgoing {
  clientId: string;
  room: string;
  text: string;
  /** RFC 3339, by the clock of this machine. */
  createdAt: string;
  /** Grows with every message written: the order of sending. */
  order: number;
  state: "pending" | "failed";
  reason?: RefusalCode;
  /** The tab that sends it; others adopt it when that one is gone. */
  tab: string;
  /** rev of the RECEIPT: it is on the server's disk, and only its MESSAGE is still to come. */
  rev?: number;
}

/** What the timeline shows of it. */
export function outgoingMessage(outgoing: Outgoing, author: string): Message {
  const { clientId, room, text, createdAt } = outgoing;
  return {
    id: clientId,
    clientId,
    room,
    author,
    text,
    createdAt,
    seq: 0,
    rev: 0,
    reactions: {},
    attachments: [],
    mentions: [],
  };
}
