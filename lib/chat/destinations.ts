/** The names on the wire (protocol.md, "Destinations"): built and matched here and nowhere else. */
export const INBOX = "/user/queue/inbox";
export const REFUSALS = "/user/queue/refusals";
export const ENDPOINT = "/stomp";

export const roomStream = (room: string) => `/topic/rooms/${room}`;
export const roomActivity = (room: string) => `/topic/rooms/${room}/activity`;

/** What one may SEND to a room. */
export type RoomVerb = "post" | "edit" | "delete" | "typing" | "read";
export const roomVerb = (room: string, verb: RoomVerb) => `/app/rooms/${room}/${verb}`;

export type Destination =
  | { kind: "stream"; room: string }
  | { kind: "activity"; room: string }
  | { kind: "inbox" }
  | { kind: "refusals" }
  | { kind: RoomVerb; room: string };

const TOPIC = /^\/topic\/rooms\/([0-9a-hjkmnp-tv-z]{1,32})(\/activity)?$/;
const APP = /^\/app\/rooms\/([0-9a-hjkmnp-tv-z]{1,32})\/(post|edit|delete|typing|read)$/;

/** What SUBSCRIBE may name; undefined for everything else (wildcards, doubled slashes, encodings, other people's queues). */
export function matchSubscription(destination: string): Destination | undefined {
  if (destination === INBOX) return { kind: "inbox" };
  if (destination === REFUSALS) return { kind: "refusals" };
  const topic = TOPIC.exec(destination);
  if (!topic) return undefined;
  return { kind: topic[2] ? "activity" : "stream", room: topic[1] as string };
}

/** What SEND may name; undefined for everything else. */
export function matchSend(destination: string): { kind: RoomVerb; room: string } | undefined {
  const app = APP.exec(destination);
  return app ? { kind: app[2] as RoomVerb, room: app[1] as string } : undefined;
}
