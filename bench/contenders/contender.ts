import type { Target } from "#bench/load/orders.ts";

export type ContenderName = "broker" | "chat" | "naive-ws" | "socket.io" | "rabbitmq";

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
  /** How late the main thread's timers are, measured inside the server. Only some servers tell. */
  eventLoop?: EventLoop;
  stop(): Promise<void>;
}

export interface EventLoop {
  watch(): void;
  /** The delay that 99 of 100 samples since `watch` stayed below, in milliseconds. */
  p99(): Promise<number>;
}
