import type { InboxEvent } from "#lib/chat/inbox.ts";
import type { Message, MessagePage } from "#lib/chat/message.ts";
import type { Me, Person } from "#lib/chat/person.ts";
import type { RefusalCode } from "#lib/chat/refusal.ts";
import type { Room } from "#lib/chat/room.ts";

/** Something React reads with useSyncExternalStore: `get` returns the same object until it changes. Methods are bound. */
export interface Readable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

export type ConnectionState = {
  state: "online" | "connecting" | "offline";
  /** Set when the session is over for good: the page leads to /sign-in. */
  ended?: RefusalCode;
};

/** The whole of oneself, fed by the inbox. Rooms and people by id. */
export interface Inbox {
  me: Me;
  rooms: ReadonlyMap<string, Room>;
  people: ReadonlyMap<string, Person>;
}

/** One row of the timeline: a message of the server's, or one of one's own that is on its way. */
export interface Entry {
  /** Stable from pending to posted (the clientId where there is one, else the id): the key of the row. */
  key: string;
  state: "pending" | "posted" | "failed";
  message: Message;
  /** Why it failed, with state `failed`. */
  reason?: RefusalCode;
}

export interface RoomSnapshot {
  /** Oldest first: posted by seq, then pending and failed in the order they were written. */
  entries: readonly Entry[];
  /** Whether older (newer) messages exist that are not loaded. */
  more: { before: boolean; after: boolean };
  loading: { before: boolean; after: boolean };
  /** User ids, oneself excluded. */
  typing: readonly string[];
  online: ReadonlySet<string>;
  /** Another number: who is in the room, or what they are in it, is to be asked again. */
  membersAsOf: number;
  /** The subscription stands and the replay has arrived. */
  live: boolean;
  /** This room was taken away while open. */
  gone: boolean;
}

/** Which message of a room one is editing, by its id: one at a time. What was typed outlives the row, and the page. */
export interface Editing extends Readable<string | undefined> {
  /** `returnFocus` brings the focus back to where one came from, when it ends. */
  begin(message: string, returnFocus?: () => void): void;
  /** What was typed and neither saved nor given up; empty when nothing was. */
  text(message: string): string;
  type(message: string, text: string): void;
  /** This one was saved or given up: as `end`, and where another one is being edited by then, that goes on. */
  done(message: string): (() => void) | undefined;
  /** True once after `begin`: the editor takes the focus then, and not when its row comes back into sight. */
  takeFocus(): boolean;
  /** Saved or given up: what was typed is forgotten. Hands over what brings the focus back. */
  end(): (() => void) | undefined;
  /** As `end`, and what was typed is there again when the same message is edited again. */
  putAside(): (() => void) | undefined;
}

export interface RoomStore extends Readable<RoomSnapshot> {
  readonly id: string;
  readonly editing: Editing;
  /** Resolves when it is on the server's disk. Rejects with a Refusal; `busy` with field `connection` without a connection. May be tried again. */
  edit(message: Message, text: string): Promise<void>;
  /** As `edit`. */
  delete(message: Message): Promise<void>;
  /** Shows it at once as pending, stores it in the outbox, sends it when its turn comes. */
  post(text: string): void;
  retry(key: string): void;
  discard(key: string): void;
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  /** Forgets the loaded window and shows the newest page. */
  jumpToLatest(): Promise<void>;
  /** The composer has text (true, call at every input) or was cleared; sends at most one frame in 3 s. */
  typing(on: boolean): void;
  /** Everything up to seq was visible in a focused window. */
  markRead(seq: number): void;
  /** All of it counts as read, though it was not seen: told to the server by `keep`, until which `undo` takes it back. */
  markAllRead(): HeldMark;
}

export interface HeldMark {
  keep(): void;
  undo(): void;
}

export interface ChatClient {
  connection: Readable<ConnectionState>;
  /** Something of one's own has waited for some seconds for a server that is there, and busy. */
  heldUp: Readable<boolean>;
  inbox: Readable<Inbox>;
  /** Enters the room (subscribes) while held; `release` leaves it after a while, so that coming back is instant. */
  enter(room: string, page?: MessagePage): { store: RoomStore; release(): void };
  /** Connects; later calls do nothing. Browser only. */
  start(): void;
  /** Sign-out: closes, and wipes outbox and drafts of this user. */
  wipe(): Promise<void>;
  /** Drafts by room, kept in the browser. */
  draft(room: string): string;
  setDraft(room: string, text: string): void;
}

export interface ChatClientOptions {
  /** `ws(s)://…/stomp`. */
  endpoint: string;
  snapshot: Extract<InboxEvent, { type: "snapshot" }>;
}
