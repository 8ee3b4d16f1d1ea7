import type { Encoded } from "#server/stomp/frame.ts";
import type { TransportKind } from "./counts.ts";

/** What a session's bytes travel through: a WebSocket or a TCP connection. It queues nothing of its own beyond what the system has not taken. */
export interface Transport {
  readonly kind: TransportKind;
  /** Bytes that ever arrived, of unfinished frames too. */
  readonly bytesRead: number;
  /** Bytes that the system has taken from us so far. */
  readonly bytesTaken: number;
  /** Bytes that were written and not yet taken. */
  readonly waiting: number;
  /** Whether so little waits that more may be written. */
  readonly hasRoom: boolean;
  readonly paused: boolean;
  /** Whether `ping` is answered, so that silence says that nobody is there. */
  readonly answersPings: boolean;
  /** A frame as it travels here. The same frame always gives the same Buffer. */
  envelope(frame: Encoded): Buffer;
  /** Enveloped frames, one or many behind each other. */
  write(bytes: Buffer): void;
  /** Asks the peer for a sign of life, where the transport knows one. */
  ping(): void;
  pause(): void;
  resume(): void;
  /** Says goodbye behind what was written; `code` is the WebSocket's (RFC 6455, 7.4). */
  close(code: number): void;
  /** Cuts the connection. */
  terminate(): void;
  watch(watcher: Watcher): void;
}

/** Who is told how it goes with a transport. */
export interface Watcher {
  /** What waited was taken. */
  drained(): void;
  /** Once: the connection is closed on both sides. */
  closed(): void;
}
