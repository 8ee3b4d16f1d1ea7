import type { RefusalCode } from "#lib/chat/refusal.ts";
import type { Frame } from "#server/stomp/frame.ts";
import { CLIENT_COMMANDS } from "./client-commands.ts";

/** Why somebody who took too little was cut off. */
export type Slowness = "backlog" | "stalled" | "held";

export type TransportKind = "websocket" | "tcp";

/** What a server writes begins with an octet of its own, each of them: counting is one look at it. */
const SERVER_COMMANDS = { CONNECTED: "C", MESSAGE: "M", RECEIPT: "R", ERROR: "E", "heart-beat": "\n" } as const;

/**
 * What a gateway has done since it was opened. Plain numbers, because they are counted for each frame and looked at a few times a minute; whoever looks
 * (metrics.ts) makes something of them.
 */
export class Counts {
  /** Connections at this moment. */
  readonly open: Record<TransportKind, number> = { websocket: 0, tcp: 0 };
  readonly slow: Record<Slowness, number> = { backlog: 0, stalled: 0, held: 0 };
  readonly refusals = new Map<RefusalCode, number>();
  bytesIn = 0;
  bytesOut = 0;
  /** Publications that were handed to the broker, whoever listened. */
  publications = 0;
  /** Copies of them that went to subscriptions. */
  deliveries = 0;
  /** Ephemeral frames that were left out or replaced, because their reader was too slow. */
  dropped = 0;
  readonly #in = new Map<string, number>([...CLIENT_COMMANDS, "other"].map((command) => [command, 0]));
  readonly #out = new Float64Array(256);

  took({ command }: Frame): void {
    const known = this.#in.has(command) ? command : "other";
    this.#in.set(known, (this.#in.get(known) as number) + 1);
  }

  wrote(bytes: Uint8Array): void {
    const first = bytes[0] as number;
    this.#out[first] = (this.#out[first] as number) + 1;
  }

  refused(code: RefusalCode): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  /** By command; whatever is none is `other`. */
  get framesIn(): ReadonlyMap<string, number> {
    return this.#in;
  }

  /** By command. */
  get framesOut(): ReadonlyMap<string, number> {
    const pairs = Object.entries(SERVER_COMMANDS);
    return new Map(pairs.map(([command, first]) => [command, this.#out[first.charCodeAt(0)] as number]));
  }
}
