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
  stop(): Promise<void>;
}
