import type { Contender, ContenderName } from "#bench/contenders/contender.ts";

export const kinds = [
  "fan-out",
  "rooms",
  "flat-out",
  "rising",
  "idle",
  "storm",
  "posts",
  "start",
  "hop",
  "own-node",
  "outage",
  "another-node",
] as const;
export type Kind = (typeof kinds)[number];

export interface Settings {
  /** For how long is measured. */
  seconds: number;
  /** Of the figures about idle connections and storms. */
  connections: number;
  /** All numbers of subscribers are multiplied by it: below 1 to try the bench itself. */
  scale: number;
}

/** Of the figures that are about connections. */
export const connectionsOf = ({ connections, scale }: Settings) => Math.max(1, Math.round(connections * scale));

/** What one measuring gave, by the words that stand in the table. */
export interface Measured {
  values: Record<string, number>;
  /** Those of the values that come from so little processor time that they say next to nothing. */
  coarse?: string[];
  /** The load generator had no time left: what it says of speed and latency is about itself, not about the server. */
  saturated: boolean;
}

export interface Figure {
  kind: Kind;
  /** Says the sizes that are measured. */
  title(settings: Settings): string;
  contenders: ContenderName[];
  /** Starts the contender, measures it and ends it. */
  measure(contender: Contender, settings: Settings): Promise<Measured>;
}
