import type { Parcel } from "./parcel.ts";

/** One kind of message broker: how to connect to it once. Connecting again, batching and counting are the same for all (relay-over.ts). */
export interface Engine {
  /** Resolves when parcels can be sent and shards bound; rejects with what people are told. Gives up by itself after a while, and when aborted. */
  connect(events: EngineEvents, signal: AbortSignal): Promise<Link>;
}

export interface EngineEvents {
  arrived(parcel: Uint8Array): void;
  /** The link is gone, and nothing of it is left to close. Told once at most. */
  lost(error: Error): void;
  /** The engine takes nothing for now although the link lives; undefined when it does again. */
  stalled(reason: string | undefined): void;
}

/** One connection, from when it is ready until it is lost or closed. */
export interface Link {
  /** Its parcels may hold hints of several shards, and go to whoever has bound one of them. */
  readonly mixes: boolean;
  /** Milliseconds that should lie between two sends, because each message costs the engine more than what is in it. */
  readonly pace: number;
  /** Bytes of parcels that have not left this process. */
  readonly waiting: number;
  /** Parcels that it could not even begin to send are lost; that it is lost itself is told by an event. Never throws. */
  send(parcels: readonly Parcel[]): void;
  /** Resolves when parcels of the shard arrive from then on. */
  bind(shard: number): Promise<void>;
  /** From about now on nothing of the shard has to arrive. */
  unbind(shard: number): void;
  /** Hands over what was sent, and ends. May reject or never settle when the engine does not answer: then destroy. */
  close(): Promise<void>;
  /** Ends at once. `lost` is not told. */
  destroy(): void;
}

/** Milliseconds. */
export interface EngineTimes {
  /** Both sides give a sign of life at least this often; an engine that is silent for about twice as long is gone. */
  readonly heartBeat: number;
  /** For a connection to be ready. */
  readonly connect: number;
}
