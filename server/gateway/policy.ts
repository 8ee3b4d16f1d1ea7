import type { RefusalCode } from "#lib/chat/refusal.ts";
import type { QueueOptions } from "#server/broker/queue.ts";
import type { TransactionLimits } from "./transactions.ts";

/**
 * What a client showed when it connected, one kind only: `bearer`, or else `passcode` with its `login`, or else `cookie`, which is only here when the request's
 * Origin is one of ours. Nothing at all is possible, and so is an empty bearer. Never logged.
 */
export interface Credentials {
  /** The raw Cookie header of the upgrade request; undefined over TCP. */
  cookie?: string;
  /** The token of `Authorization: Bearer …` on the upgrade request. */
  bearer?: string;
  /** Headers of CONNECT. */
  login?: string;
  passcode?: string;
}

/** What is published to subscribers. Encoded once per distinct subscription id. */
export interface Publication {
  /** The `destination` header of the MESSAGE, which may differ from the topic it is routed by (`/user/queue/inbox`). */
  destination: string;
  /** Further headers, plain ASCII: room, rev, prev, epoch, time, … `message-id` among them when the policy numbers messages itself. */
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** Place in the topic's order (a room's rev). A subscription drops what is at or below the head its replay was read at. */
  position?: number;
  /** Typing, presence: dropped or coalesced when a socket's buffer is above 256 KiB. */
  ephemeral?: boolean;
  /** Ephemeral publications of one key replace each other while they wait. */
  coalesceKey?: string;
  /** The same object is in many openings: it is kept encoded. */
  shared?: boolean;
}

/** What a subscription begins with, all read in one read transaction (protocol.md, "The durable stream"). */
export interface Opening {
  /** Sent first, in this order, each marked `replay:true`. */
  replay: Publication[];
  /** Publications with position at or below this are dropped for as long as the subscription lives. */
  head?: number;
  /** Further headers of the RECEIPT: head, epoch, reset. */
  receipt?: Record<string, string>;
}

export interface SendRequest {
  destination: string;
  headers: ReadonlyMap<string, string>;
  body: Uint8Array;
}

/** A connected session as the policy may see it. */
export interface SessionView<Identity> {
  readonly id: string;
  readonly identity: Identity;
  /** Destinations subscribed to, as the client named them. */
  subscribed(): readonly string[];
}

export interface Admission<Identity> {
  identity: Identity;
  /** Connections are counted per user. */
  user: string;
  /** Milliseconds since 1970 when the session ends by itself (WebSocket 4401, code `expired`); null: never. */
  expiresAt: number | null;
  /** Further headers of CONNECTED, such as user-id. */
  headers: Record<string, string>;
}

/** What remains of a session after access changed. */
export interface Verdict {
  /** Ends the whole session: ERROR with this code and WebSocket 4401. */
  close?: RefusalCode;
  /** Destinations this session may no longer be subscribed to. */
  end: { destination: string; code: RefusalCode }[];
}

/**
 * What may be done, and what it does: the gateway asks, the chat (or the permissive policy of the bare broker) answers. Every method may
 * throw a Refusal; any other error is logged and answered `busy`.
 */
export interface Policy<Identity> {
  /** Where a refused SEND or SUBSCRIBE is told, if the session has subscribed to it; undefined: always ERROR. */
  readonly refusals?: string;
  /** A session without a subscription to this destination gets ERROR when one of its subscriptions is ended by the server. */
  readonly notices?: string;
  /**
   * Acknowledgements and transactions are kept. Without it they are refused as unsupported: where each message is a transaction of a store, neither word
   * could keep what it promises.
   */
  readonly transactional?: {
    readonly limits: TransactionLimits & {
      /** Messages of one subscription that wait to be acknowledged. */
      maxUnacknowledged: number;
    };
    readonly queues: QueueOptions;
    /** The SENDs of a transaction, all of them or (when it throws) none. */
    commit(session: SessionView<Identity>, requests: readonly SendRequest[]): void;
  };
  connect(credentials: Credentials): Promise<Admission<Identity>>;
  /** The internal topic of a destination (`/user/queue/inbox` differs from user to user). Synchronous: the subscription is registered, buffering, before anything is read. */
  topic(identity: Identity, destination: string): string;
  subscribe(
    session: SessionView<Identity>,
    request: { destination: string; headers: ReadonlyMap<string, string> },
  ): Promise<Opening>;
  /** The subscription is live: replay and RECEIPT are out. */
  subscribed(session: SessionView<Identity>, destination: string): void;
  /** Once for every `subscribed`, whatever ended it, also the end of the session. A subscription that never became live is not told. */
  unsubscribed(session: SessionView<Identity>, destination: string): void;
  /**
   * Gives further RECEIPT headers, after the durable commit; at once where there is nothing to wait for. A session that listens to `refusals` may have several SENDs under way: it is
   * called again before the last one resolved, in the order of the frames, so whatever orders their effects has to happen before the first `await`
   * (or to keep that order by itself). RECEIPTs go out in that order.
   */
  send(session: SessionView<Identity>, request: SendRequest): Promise<Record<string, string>> | Record<string, string>;
  /**
   * Asked about a SEND beyond the limit, instead of `send`: the RECEIPT headers when it repeats one that was stored, undefined when it does not. Must not
   * write anything.
   */
  repeated?(session: SessionView<Identity>, request: SendRequest): Promise<Record<string, string> | undefined>;
  /** Looks again at what this session may still do; the destinations are held (buffering) until it answers. */
  review(session: SessionView<Identity>, destinations: readonly string[]): Promise<Verdict>;
  /** Before CONNECTED is sent. */
  connected(session: SessionView<Identity>): void;
  /** Once for every `connected`, after `unsubscribed` of all its subscriptions. */
  disconnected(session: SessionView<Identity>): void;
}
