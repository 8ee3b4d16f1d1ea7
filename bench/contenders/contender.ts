import type { Target } from "#bench/load/orders.ts";
import type { Service } from "#tests/support/services/service.ts";

export type ContenderName =
  | "broker"
  | "chat"
  | "naive-ws"
  | "socket.io"
  | "rabbitmq"
  | "postgres"
  | "nodes-rabbitmq"
  | "nodes-activemq"
  | "nodes-kafka";

/** A server that is measured. Each measuring starts it anew. */
export interface Contender {
  name: ContenderName;
  title: string;
  /** Why it cannot take part here; undefined when it can. */
  missing(): string | undefined;
  start(need: Need): Promise<Running>;
}

export interface Need {
  rooms: number;
}

export interface Running {
  /** Of the process whose processor time and memory count. */
  pid: number;
  target: Target;
  /** The same place on two nodes, where there are two. */
  nodes?: Nodes;
  /** The database that it stands on, where that is a process of its own. */
  database?: Service;
  /** How late the main thread's timers are, measured inside the server. Only some servers tell. */
  eventLoop?: EventLoop;
  stop(): Promise<void>;
}

export interface Nodes {
  /** Subscribers on the one node, publishers on the other. */
  across: Target;
  /** Publishers on the one node, subscribers of every room on both. */
  onEach: Target;
  /** Publishers on both. */
  both: Target;
  /** Everything that the nodes stand on: microseconds of processor time so far. */
  engines: Record<string, () => number>;
  /** Of the other node and of the broker. */
  pids: number[];
  /** The broker between them, to be killed and started again. */
  broker: Service;
  /** One more of them, with pages or without: resolves when it serves with what it stands on. */
  another(pages: boolean): Promise<{ stop(): Promise<void> }>;
}

export interface EventLoop {
  watch(): void;
  /** The delay that 99 of 100 samples since `watch` stayed below, in milliseconds. */
  p99(): Promise<number>;
}
