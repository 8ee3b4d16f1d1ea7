import type { ActivityEvent } from "#lib/chat/activity.ts";
import type { PersonActor } from "#lib/chat/actor.ts";
import { INBOX, REFUSALS, roomActivity, roomStream } from "#lib/chat/destinations.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";

/** What is published, in the shape that the gateway takes: main.ts checks that they fit. */
export interface Publication {
  destination: string;
  headers: Record<string, string>;
  body: string;
  position?: number;
  ephemeral?: boolean;
  coalesceKey?: string;
  shared?: boolean;
}

export type Publish = (topic: string, publication: Publication) => void;

const JSON_TYPE = { "content-type": "application/json" };

export const inboxPublication = (event: InboxEvent) => inboxBody(JSON.stringify(event));

export function inboxBody(json: string): Publication {
  return { destination: INBOX, headers: JSON_TYPE, body: json };
}

/** Dropped first under pressure; one that has a key is replaced by the next of that key. */
export function activityPublication(room: string, event: ActivityEvent, coalesceKey?: string): Publication {
  return {
    destination: roomActivity(room),
    headers: JSON_TYPE,
    body: JSON.stringify(event),
    ephemeral: true,
    ...(coalesceKey !== undefined && { coalesceKey }),
  };
}

/** One state of one message in the room's stream (protocol.md, "The durable stream"). */
export interface Frame {
  room: string;
  rev: number;
  /** The rev of the frame before it in this room. */
  prev: number;
  epoch: string;
  /** RFC 3339. */
  time: string;
  clientId?: string;
  body: string;
}

export function streamPublication({ room, rev, prev, epoch, time, clientId, body }: Frame): Publication {
  return {
    destination: roomStream(room),
    headers: {
      ...JSON_TYPE,
      "message-id": `${room}.${rev}`,
      room,
      rev: String(rev),
      prev: String(prev),
      epoch,
      time,
      ...(clientId !== undefined && { "client-id": clientId }),
    },
    body,
    position: rev,
  };
}

/** Where one's inbox is published. A token that is limited to some rooms has one of its own, which hears of no others. */
export function inboxTopic(actor: PersonActor): string {
  const topic = `/user/${actor.user}/queue/inbox`;
  return actor.via === "token" && actor.rooms ? `${topic}/${actor.token}` : topic;
}

export const refusalsTopic = (actor: PersonActor) => `/user/${actor.user}${REFUSALS.slice("/user".length)}`;
