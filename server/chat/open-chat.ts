import { randomId } from "#lib/chat/ids.ts";
import type { Effect } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import { createActors } from "./actors.ts";
import type { Chat } from "./chat.ts";
import { createConnected } from "./connected.ts";
import type { Context } from "./context.ts";
import { createInvites } from "./invites.ts";
import { createJoined } from "./joined.ts";
import { createMessages } from "./messages.ts";
import { createNews, type Review } from "./news.ts";
import { createPasswords, type Passwords } from "./passwords.ts";
import { createPeople } from "./people.ts";
import { createPlace } from "./place.ts";
import { type Authenticate, type ChatPolicy, createPolicy } from "./policy.ts";
import { createPresence } from "./presence.ts";
import type { Publish } from "./publication.ts";
import { createRooms } from "./rooms.ts";
import { createSessions } from "./sessions.ts";
import { createSignInLimits, type SignInLimits } from "./sign-in-limits.ts";
import { createSnapshots, type Snapshots } from "./snapshots.ts";
import { createStream } from "./stream.ts";
import { createTokens } from "./tokens.ts";
import { createTyping } from "./typing.ts";
import { createUnread } from "./unread.ts";

export interface ChatOptions {
  store: Store;
  /** Hands a publication to every live subscription of a topic; the command line has none. */
  publish?: Publish;
  /** Holds, reviews and releases what the given people or topics have subscribed to. */
  review?: Review;
  /** Milliseconds since 1970. */
  now?(): number;
  newId?(): string;
  passwords?: Passwords;
  signInLimits?: SignInLimits;
  /** Milliseconds between the end of somebody's last connection and "gone". */
  grace?: number;
  /** Milliseconds between looks at the heads of the rooms that somebody listens to. */
  checkHeadsEvery?: number;
  /** Something about live connections could not be read from the database. */
  failed?(error: unknown): void;
}

/** The domain, and its face towards the STOMP endpoint. */
export interface LiveChat {
  chat: Chat;
  /** `authenticate` throws `unauthenticated` or `expired` for nobody. */
  policy<Credentials>(authenticate: Authenticate<Credentials>): ChatPolicy<Credentials>;
  /** Stops its timers; the store is closed by whoever opened it. */
  close(): void;
}

const nothing = () => {};

/** Puts the chat together on an open store, and listens to what the store commits. */
export async function openChat(options: ChatOptions): Promise<LiveChat> {
  const { store, publish = nothing, review = async () => {}, failed = nothing, checkHeadsEvery = 2_000 } = options;
  const context = contextOf(options);
  const actors = createActors(context);
  const snapshots = createSnapshots(context);
  const connected = createConnected(publish);
  const joined = createJoined(store);
  const presence = createPresence({ connected, joined, publish, grace: options.grace });
  const typing = createTyping(publish);
  const unread = createUnread({ connected, joined, publish });
  const epoch = await store.read("epoch");
  const stream = createStream({ store, publish, epoch, healed: unread.bumped, failed });
  const hear = createNews({ store, actors, connected, joined, presence, publish, review, failed });

  function take(effect: Effect): void {
    if (effect.type === "read") {
      unread.read(effect);
      return;
    }
    const { room, rev, countable, author } = effect;
    stream.posted(effect);
    unread.bumped(room, { seq: rev, countable });
    typing.set(room, author, false);
  }

  store.onCommitted(({ changes, effects }) => {
    if (changes.length > 0) hear(changes);
    for (const effect of effects) take(effect);
  });
  const timer = setInterval(() => stream.checkHeads().catch(failed), checkHeadsEvery).unref();

  return {
    chat: chatOf(context, createSessions(context, actors), snapshots),
    policy: (authenticate) =>
      createPolicy({ ...context, stream, presence, typing, connected, joined, snapshots }, authenticate),
    close() {
      clearInterval(timer);
      presence.stop();
    },
  };
}

function contextOf({ store, now = Date.now, newId = randomId, passwords, signInLimits }: ChatOptions): Context {
  return {
    ...{ store, now, newId },
    passwords: passwords ?? createPasswords(),
    signInLimits: signInLimits ?? createSignInLimits(),
  };
}

function chatOf(context: Context, sessions: Chat["sessions"], snapshots: Snapshots): Chat {
  return {
    place: createPlace(context),
    people: createPeople(context),
    sessions,
    rooms: createRooms(context),
    messages: createMessages(context),
    inbox: snapshots.whole,
    invites: createInvites(context),
    tokens: createTokens(context),
  };
}
