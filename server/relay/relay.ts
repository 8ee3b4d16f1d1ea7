/** `connecting` until the first attempt has ended; then `up` or `down`. */
export type RelayState = "connecting" | "up" | "down";

/** What a relay has done since it was opened. */
export interface RelayCounts {
  /** Hints handed to the engine. */
  readonly published: number;
  /** Hints of other nodes that were passed to `heard`. */
  readonly heard: number;
  /** Hints of this node that were never handed over: the engine was away, or too slow. */
  readonly dropped: number;
  /** How often the relay came up again after it had been up. */
  readonly reconnects: number;
}

/**
 * Carries hints between nodes: at most once, in no promised order, never back to the node that published.
 * Who hears a hint looks into the database; who misses one finds out there (docs/decisions/0014).
 */
export interface Relay {
  /**
   * Hands a hint to every other node that heeds the key, and maybe to some that do not.
   * Never blocks and never throws: while the engine is away, or too slow to take more, the hint is dropped and counted.
   */
  publish(key: string, hint: string): void;
  /**
   * Counted: every `heed` wants its `ignore`. Resolves when hints about the key arrive from then on, or at once while the engine is away
   * (the key is heeded again when it returns); after a second (1,000 ms) in any case. Never rejects.
   */
  heed(key: string): Promise<void>;
  /** Takes back one `heed`. Hints may go on arriving for a while. */
  ignore(key: string): void;
  readonly state: RelayState;
  counts(): RelayCounts;
  /** Hands over what `publish` was given, within a second (1,000 ms), and ends everything. Nothing is heard or told afterwards. Never rejects. */
  close(): Promise<void>;
}

export interface RelayOptions {
  /** BROKER_URL: amqp(s)://, stomp(s):// or kafka(s)://, with credentials. */
  readonly url: URL;
  /** This node among the others; no two that live at the same time share it. */
  readonly node: string;
  heard(key: string, hint: string): void;
  /** Told once per change. The reason is one line for people and never holds a password. */
  changed(state: RelayState, reason?: string): void;
}
