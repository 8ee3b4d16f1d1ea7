import type { PersonActor } from "#lib/chat/actor.ts";
import { INBOX, matchSend, matchSubscription, REFUSALS, roomActivity, roomStream } from "#lib/chat/destinations.ts";
import { deleteBody, editBody, readBody, typingBody } from "#lib/chat/message.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { type Remains, remaining, roomOf } from "./access.ts";
import { type Opening, type OpeningParts, openActivity, openInbox, openStream } from "./opening.ts";
import { inboxTopic, refusalsTopic } from "./publication.ts";
import { parsePost, parseSent, type Sent } from "./sent.ts";

/** What a client shows; only auth/ reads it. */
export type Authenticate<Credentials> = (credentials: Credentials) => Promise<PersonActor>;

interface Session {
  readonly id: string;
  readonly identity: PersonActor;
}

/** The chat as the STOMP endpoint asks it: main.ts checks that it fits the gateway's Policy. */
export interface ChatPolicy<Credentials> {
  readonly refusals: string;
  readonly notices: string;
  connect(credentials: Credentials): Promise<{
    identity: PersonActor;
    user: string;
    expiresAt: number | null;
    headers: Record<string, string>;
  }>;
  topic(identity: PersonActor, destination: string): string;
  subscribe(session: Session, request: { destination: string; headers: ReadonlyMap<string, string> }): Promise<Opening>;
  subscribed(session: Session, destination: string): void;
  unsubscribed(session: Session, destination: string): void;
  send(session: Session, request: Sent & { destination: string }): Promise<Record<string, string>>;
  repeated(session: Session, request: Sent & { destination: string }): Promise<Record<string, string> | undefined>;
  review(session: Session, destinations: readonly string[]): Promise<Remains>;
  connected(session: Session): void;
  disconnected(session: Session): void;
}

export function createPolicy<Credentials>(
  parts: OpeningParts,
  authenticate: Authenticate<Credentials>,
): ChatPolicy<Credentials> {
  const { stream, presence, typing, connected } = parts;
  return {
    refusals: REFUSALS,
    notices: INBOX,
    async connect(credentials) {
      const actor = await authenticate(credentials);
      return { identity: actor, user: actor.user, expiresAt: actor.expiresAt, headers: { "user-id": actor.user } };
    },
    topic: topicOf,
    subscribe: ({ identity }, request) => open(parts, identity, request),
    subscribed(_session, destination) {
      const room = roomOf(destination);
      if (room) stream.subscribed(room);
    },
    unsubscribed(_session, destination) {
      const room = roomOf(destination);
      if (room) stream.unsubscribed(room);
    },
    send: ({ identity }, request) => send(parts, identity, request),
    repeated: ({ identity }, request) => repeated(parts, identity, request),
    review: ({ identity }, destinations) => remaining(parts, identity, destinations),
    connected: ({ id, identity }) => presence.arrive(id, identity),
    disconnected({ id, identity }) {
      presence.depart(id, identity);
      if (!connected.has(identity.user)) typing.stop(identity.user);
    },
  };
}

/** Whatever is not offered is refused in the same words as a room that one may not know of. */
function topicOf(actor: PersonActor, destination: string): string {
  const match = matchSubscription(destination);
  if (match?.kind === "stream") return roomStream(match.room);
  if (match?.kind === "activity") return roomActivity(match.room);
  if (match?.kind === "inbox") return inboxTopic(actor);
  if (match?.kind === "refusals") return refusalsTopic(actor);
  throw new Refusal("not-found");
}

async function open(
  parts: OpeningParts,
  actor: PersonActor,
  { destination, headers }: { destination: string; headers: ReadonlyMap<string, string> },
): Promise<Opening> {
  const match = matchSubscription(destination);
  if (match?.kind === "stream") return await openStream(parts, actor, match.room, headers);
  if (match?.kind === "activity") return await openActivity(parts, actor, match.room);
  if (match?.kind === "inbox") return await openInbox(parts, actor);
  return { replay: [] };
}

async function send(
  parts: OpeningParts,
  actor: PersonActor,
  request: Sent & { destination: string },
): Promise<Record<string, string>> {
  const { store, typing, now, newId } = parts;
  const match = matchSend(request.destination);
  if (!match) throw new Refusal("not-found");
  const { room } = match;
  // Nothing is awaited before the command is handed over: SENDs of one session keep their order.
  if (match.kind === "post") {
    const { text, clientId } = parsePost(request);
    const { rev, seq } = await store.write("post", { actor, now: now(), room, id: newId(), text, clientId });
    return receiptOf(room, { rev, seq });
  }
  if (match.kind === "edit") {
    const { messageId, seq, text } = parseSent(editBody, request);
    return receiptOf(room, await store.write("editMessage", { actor, now: now(), room, messageId, seq, text }));
  }
  if (match.kind === "delete") {
    const { messageId, seq } = parseSent(deleteBody, request);
    return receiptOf(room, await store.write("deleteMessage", { actor, now: now(), room, messageId, seq }));
  }
  if (match.kind === "read") {
    const { seq } = parseSent(readBody, request);
    await store.write("markRead", { actor, now: now(), room, seq });
    return {};
  }
  const { on } = parseSent(typingBody, request);
  const { mayPost } = await store.read("room", { actor, now: now(), room });
  if (mayPost) typing.set(room, actor.user, on);
  return {};
}

/** What a post was answered with the first time; undefined when it is not stored. */
async function repeated(
  { store, now }: OpeningParts,
  actor: PersonActor,
  request: Sent & { destination: string },
): Promise<Record<string, string> | undefined> {
  const match = matchSend(request.destination);
  if (match?.kind !== "post") return undefined;
  const { clientId } = parsePost(request);
  if (clientId === undefined) return undefined;
  const { room } = match;
  const stored = await store.read("posted", { actor, now: now(), room, clientId });
  return stored && receiptOf(room, stored);
}

function receiptOf(room: string, { rev, seq }: { rev: number; seq: number }): Record<string, string> {
  return { rev: String(rev), seq: String(seq), "message-id": `${room}.${rev}` };
}
