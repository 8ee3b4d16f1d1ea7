import type { PersonActor } from "#lib/chat/actor.ts";
import type { InboxEvent } from "#lib/chat/inbox.ts";
import { inboxPublication, inboxTopic, type Publish } from "./publication.ts";

interface Inbox {
  /** null: every room. */
  rooms: readonly string[] | null;
  sessions: Set<string>;
}

/** Who has a live connection, and how news reach them. */
export interface Connected {
  /** True for the first session of this person. */
  arrive(session: string, actor: PersonActor): boolean;
  /** True when it was the last one. */
  depart(session: string, actor: PersonActor): boolean;
  has(user: string): boolean;
  users(): string[];
  /** To these people, on all of their devices. An event about a room passes by the tokens that are limited to others. Encoded once for all. */
  tell(users: Iterable<string>, event: InboxEvent, room?: string): void;
}

export function createConnected(publish: Publish): Connected {
  const inboxes = new Map<string, Map<string, Inbox>>();
  return {
    arrive(session, actor) {
      const own = inboxes.get(actor.user) ?? new Map<string, Inbox>();
      const topic = inboxTopic(actor);
      const inbox = own.get(topic) ?? { rooms: actor.via === "token" ? actor.rooms : null, sessions: new Set() };
      own.set(topic, inbox);
      inbox.sessions.add(session);
      const isFirst = !inboxes.has(actor.user);
      inboxes.set(actor.user, own);
      return isFirst;
    },
    depart(session, actor) {
      const own = inboxes.get(actor.user);
      const inbox = own?.get(inboxTopic(actor));
      if (!own || !inbox?.sessions.delete(session)) return false;
      if (inbox.sessions.size === 0) own.delete(inboxTopic(actor));
      return own.size === 0 && inboxes.delete(actor.user);
    },
    has: (user) => inboxes.has(user),
    users: () => [...inboxes.keys()],
    tell(users, event, room) {
      const publication = inboxPublication(event);
      for (const user of users) {
        for (const [topic, { rooms }] of inboxes.get(user) ?? []) {
          const mayHear = room === undefined || !rooms || rooms.includes(room);
          if (mayHear) publish(topic, publication);
        }
      }
    },
  };
}
