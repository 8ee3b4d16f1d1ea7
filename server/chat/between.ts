/** The key of what concerns nodes as a whole; rooms are their own keys. */
export const NODES = "nodes";

/** What carries hints to the other nodes: at most once, in no promised order, never back to the one that published. main.ts hands over a relay. */
export interface Between {
  /** Never blocks, never throws: what cannot be carried is dropped. */
  publish(key: string, hint: string): void;
  /** Counted. Resolves when hints about the key arrive from then on, or after a second in any case. */
  heed(key: string): Promise<void>;
  ignore(key: string): void;
}
