/** Where to connect, and the words to use there. In `subscribe` and `send`, `%room` stands for a room and `%n` for the number of the connection. */
export interface Target {
  port: number;
  /** Where those who publish connect, in turns; the same port, unless it is other nodes. */
  publishAt?: number[];
  /** Another node, where every second subscriber of a room connects: each message is heard on both. */
  alsoAt?: number;
  path: string;
  dialect: "stomp" | "socket.io";
  rooms: string[];
  /** The first is the room itself: most figures subscribe to nothing else. */
  subscribe: string[];
  send: string;
  /** The virtual host; `localhost` unless the server insists on one of its own. */
  host?: string;
  login?: string;
  passcode?: string;
  /** Connections take turns with them, as bearers. */
  tokens?: string[];
}

export interface Open {
  do: "open";
  target: Target;
  subscribers: number;
  publishers: number;
  /** How many of the target's subscriptions each subscriber makes. */
  subscriptions: number;
  /** Milliseconds between two signs of life of a connection; 0 for none. */
  heartBeat: number;
}

/** Either so many messages a second, sent when they are due whatever comes back, or so many in flight. */
export interface Publish {
  do: "publish";
  rate?: number;
  inFlight?: number;
  seconds: number;
  /** Seconds to wait for what is still owed at the end. */
  patience: number;
  /** Never sleeps, so that no server is billed for waking the generator. Takes a processor away from a server that has work for two. */
  polls: boolean;
  /** Counts a RECEIPT for each message instead of what subscribers get. */
  receipts: boolean;
}

export type Order = Open | Publish;

export interface Opened {
  /** From the first connect to the last answer to a SUBSCRIBE. */
  seconds: number;
  /** How much of the time the generator itself had something to do, from 0 to 1. */
  busy: number;
}

/** Milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

export interface Published {
  sent: number;
  expected: number;
  delivered: number;
  disordered: number;
  /** Connections that the server gave up. */
  closed: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  p999: number;
  /** How much of the time the generator itself had something to do, from 0 to 1. */
  busy: number;
  /** Milliseconds from one look at the sockets to the next, while there was something to do; only of one who polls. */
  turn?: number;
  /** Milliseconds that a message went out behind its time, at worst. */
  behind: number;
  /** Where a message is heard on two nodes. */
  apart?: Apart;
}

/** The same messages on two nodes. */
export interface Apart {
  near: Latency;
  far: Latency;
  /** What each message needed more to the first who hears it on the far node than to the first on the near one; 0 where it was there before. */
  added: Latency;
}

export type Answer = { opened: Opened } | { published: Published } | { error: string };
