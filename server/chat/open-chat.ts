import { randomId } from "#lib/chat/ids.ts";
import type { Effect } from "#server/store/committed.ts";
import type { Store } from "#server/store/store.ts";
import { createActors } from "./actors.ts";
import type { Between } from "./between.ts";
import type { Chat } from "./chat.ts";
import { createConnected } from "./connected.ts";
import type { Context } from "./context.ts";
import { createEpoch } from "./epoch.ts";
import { createHealing } from "./healing.ts";
import { createInvites } from "./invites.ts";
import { createJoined } from "./joined.ts";
import { createMessages } from "./messages.ts";
import { createNeighbours, type NeighbourCounts, NO_NEIGHBOURS, type NodeTimes } from "./neighbours.ts";
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
  /** What carries hints to the other nodes on this database; without it this one is alone. */
  between?: Between;
  /** This node among the others: another one with every start. */
  node?: string;
  nodeTimes?: Partial<NodeTimes>;
  /** Milliseconds that another node's hint waits for the one before it. */
  parkFor?: number;
  /** Ends every live connection, for clients to come back by themselves: the database was put back to another state. */
  sendAway?(): void;
}

/** The domain, and its face towards the STOMP endpoint. */
export interface LiveChat {
  chat: Chat;
  /** `authenticate` throws `unauthenticated` or `expired` for nobody. */
  policy<Credentials>(authenticate: Authenticate<Credentials>): ChatPolicy<Credentials>;
  /** What `between` carried here from another node. */
  heard(hint: string): void;
  /** `between` carries again after it did not: what was missed is looked up. */
  returned(): void;
  /** What went between this node and the others. */
  counts(): NeighbourCounts;
  /** Stops its timers, and tells the other nodes that its people are gone; the store is closed by whoever opened it. */
  close(): void;
}

const nothing = () => {};

/** Puts the chat together on an open store, and listens to what the store commits. */
export async function openChat(options: ChatOptions): Promise<LiveChat> {
  const { store } = options;
  const context = contextOf(options);
  const actors = createActors(context);
  const snapshots = createSnapshots(context);
  const live = createLive(options, await store.read("epoch"), () => {
    actors.forgetAll();
    snapshots.forget();
  });
  const { neighbours, take } = live;
  const hear = createNews({ ...live, store, actors });

  store.onCommitted(({ changes, effects }) => {
    if (changes.length > 0) hear(changes);
    for (const effect of effects) take(effect, true);
    // Who is here has been told: nobody waits for other nodes.
    neighbours.committed(effects);
  });

  return {
    chat: chatOf(context, createSessions(context, actors), snapshots),
    policy: (authenticate) =>
      createPolicy({ ...context, ...live, snapshots, heeding: neighbours.heeding }, authenticate),
    heard: neighbours.heard,
    returned() {
      neighbours.returned();
      live.healing.checkAll();
    },
    counts: neighbours.counts,
    close() {
      live.healing.stop();
      live.presence.stop();
      neighbours.close();
    },
  };
}

/** What live connections have to do with, and what becomes of commits for them. `renewed` is called when the database is found to be another one. */
function createLive(options: ChatOptions, first: string, renewed: () => void) {
  const { store, between, publish = nothing, review = async () => {}, failed = nothing } = options;
  const { node = randomId(), nodeTimes, grace, parkFor, checkHeadsEvery = 2_000, sendAway = nothing } = options;
  const epoch = createEpoch({ store, epoch: first, changed, failed });
  const neighbours = between
    ? createNeighbours({ between, node, store, epoch, publish, failed, times: { grace, ...nodeTimes } })
    : NO_NEIGHBOURS;
  const { heeding } = neighbours;
  const connected = createConnected(publish);
  const joined = createJoined(store, heeding);
  const presence = createPresence({ connected, joined, publish, neighbours, grace });
  const typing = createTyping({ publish, tell: neighbours.typing });
  const unread = createUnread({ connected, joined, publish });
  const { current, found } = epoch;
  const stream = createStream({
    ...{ store, publish, found, failed, heeding, parkFor },
    ...{ epoch: current, healed: unread.bumped },
  });
  const healing = createHealing({
    ...{ store, stream, joined, unread, failed },
    ...{ every: checkHeadsEvery, isAlone: !between },
  });

  function take(effect: Effect, isOurs: boolean): void {
    if (effect.type === "read") {
      unread.read(effect);
      return;
    }
    if (isOurs) stream.committed(effect);
    else stream.hinted(effect);
    // Nobody has more or less to read for what was said before, and is now said otherwise.
    if (effect.type === "revised") return;
    const { room, rev, countable, author } = effect;
    unread.bumped(room, { seq: rev, countable });
    typing.heard(room, author, false);
  }

  function changed(): void {
    renewed();
    stream.forget();
    joined.forgetCounts();
    sendAway();
  }

  neighbours.listen({ here: joined.users, committed: (effect) => take(effect, false), typing: typing.heard });
  return { connected, joined, presence, typing, stream, healing, neighbours, publish, review, failed, take };
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
