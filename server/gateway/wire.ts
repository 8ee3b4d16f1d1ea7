import type { Encoded } from "#server/stomp/frame.ts";
import { HEART_BEAT } from "#server/stomp/serializer.ts";
import type { Timer } from "#server/stomp/timer-wheel.ts";
import { Ephemerals } from "./ephemerals.ts";
import { StallWatch } from "./stall-watch.ts";
import type { Transport } from "./transport.ts";
import type { Run } from "./turn.ts";
import type { WireContext } from "./wire-context.ts";

/** Shared by all whose peer takes everything at once. Never written to. */
const NONE: Buffer[] = [];
/** Bytes collected in one turn that go out before its end: a burst is tried on the system first, only what that does not take is a backlog. */
const MOST_IN_A_TURN = 64 * 1024;
/** Milliseconds for the peer to answer a close frame. */
const CLOSE_TIMEOUT = 5_000;

/**
 * The outgoing half of a connection, and the only place that writes to it. The transport is given no more than it takes at once; the rest waits here, where
 * it can be measured, and where ephemeral frames can still be replaced or left out.
 */
export class Wire {
  readonly #transport: Transport;
  readonly #context: WireContext;
  /** What this turn of the event loop has brought so far, where it is collected. */
  #run: Run | undefined;
  /** Whether the last turn that brought something brought several frames. */
  #collects = true;
  /** The last turn whose first frame went out at once. */
  #wroteIn = 0;
  #queue: Buffer[] = NONE;
  #queueBytes = 0;
  /** Undefined until somebody waits for the end. */
  #end: PromiseWithResolvers<void> | undefined;
  #isGone = false;
  #ephemeral: Ephemerals | undefined;
  /** Undefined until somebody waits for room. */
  #room: PromiseWithResolvers<void> | undefined;
  #closing: number | undefined;
  #stall: StallWatch | undefined;
  #farewell: Timer | undefined;
  /** Something went out since `quiet` was asked last. */
  #wrote = false;

  constructor(transport: Transport, context: WireContext) {
    this.#transport = transport;
    this.#context = context;
    transport.watch(this);
  }

  /** Resolves when the connection is closed on both sides. */
  get gone(): Promise<void> {
    if (this.#isGone) return Promise.resolve();
    this.#end ??= Promise.withResolvers();
    return this.#end.promise;
  }

  /** Bytes that the peer has not taken yet, as far as we know. */
  get buffered(): number {
    return (this.#run?.length ?? 0) + this.#queueBytes + this.#transport.waiting;
  }

  /** Bytes that ever arrived, of unfinished frames and pongs too. */
  get bytesRead(): number {
    return this.#transport.bytesRead;
  }

  /** Bytes that the system has taken for the peer so far. */
  get bytesTaken(): number {
    return this.#transport.bytesTaken;
  }

  get answersPings(): boolean {
    return this.#transport.answersPings;
  }

  get paused(): boolean {
    return this.#transport.paused;
  }

  /** Sends a frame, after those before it, at once or at the end of this turn. When the peer takes too little for that, the connection is cut. */
  write(frame: Encoded): void {
    if (this.#closing !== undefined) return;
    this.#wrote = true;
    this.#context.counts.wrote(frame.bytes);
    const piece = this.#transport.envelope(frame);
    if (this.#queue.length > 0) this.#keep(piece);
    else if (this.#run || this.#collects || this.#hasWritten || !this.#transport.hasRoom) this.#collect(piece);
    else {
      // The only one of its turn, to go by the turns before: collecting would cost more than it saves.
      this.#wroteIn = this.#context.turn.number;
      this.#handOver(piece);
    }
  }

  /** Sends a frame that may be lost: while too much waits, only the newest of each key is kept, and nothing that has none. */
  writeEphemeral(frame: Encoded, key: string | undefined): void {
    if (key !== undefined) this.#ephemeral?.replaced(key);
    if (this.buffered <= this.#context.limits.ephemeralHighWater) this.write(frame);
    else if (key === undefined) this.#context.counts.dropped += 1;
    else {
      this.#ephemeral ??= new Ephemerals(this.#context.counts);
      this.#ephemeral.keep(key, frame);
    }
  }

  /** Leaves out the ephemeral frames that wait under keys of this beginning. */
  forget(keys: string): void {
    this.#ephemeral?.forget(keys);
  }

  /** Hands over what this turn has brought. */
  flush(): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    if (this.#transport.hasRoom) this.#handOver(run.join());
    else for (const piece of run.pieces()) this.#keep(piece);
    this.#giveRoom();
  }

  /** Closed, or about to: nothing that is written now goes out. */
  get over(): boolean {
    return this.#closing !== undefined;
  }

  /** True when a long series of frames should wait for `room`. */
  get crowded(): boolean {
    return this.#closing === undefined && this.buffered > this.#context.limits.ephemeralHighWater;
  }

  /** Resolves when there is room again, or the connection is gone. */
  room(): Promise<void> {
    if (!this.crowded) return Promise.resolve();
    this.#room ??= Promise.withResolvers();
    return this.#room.promise;
  }

  heartBeat(): void {
    this.write(HEART_BEAT);
  }

  ping(): void {
    if (this.#closing === undefined && !this.crowded) this.#transport.ping();
  }

  /** Whether nothing was written since it was asked last. */
  quiet(): boolean {
    const quiet = !this.#wrote;
    this.#wrote = false;
    return quiet;
  }

  pause(): void {
    this.#transport.pause();
  }

  resume(): void {
    this.#transport.resume();
  }

  /** Closes when everything written so far has gone out. Nothing can be written any more. */
  close(code: number): void {
    if (this.#closing !== undefined) return;
    this.flush();
    if (this.#closing !== undefined) return;
    this.#closing = code;
    this.#ephemeral = undefined;
    this.resume();
    this.#farewell = this.#context.wheel.after(CLOSE_TIMEOUT, () => this.terminate());
    if (this.#queue.length === 0) this.#transport.close(code);
  }

  /** Cuts the connection. */
  terminate(): void {
    this.#closing ??= 1006;
    this.#transport.terminate();
  }

  #collect(piece: Buffer): void {
    this.#collects = this.#run !== undefined || this.#hasWritten;
    this.#run = this.#run ? this.#run.followedBy(piece) : this.#context.turn.begin(this, piece);
    if (this.#run.length >= MOST_IN_A_TURN) this.flush();
  }

  get #hasWritten(): boolean {
    return this.#wroteIn === this.#context.turn.number;
  }

  #handOver(bytes: Buffer): void {
    this.#context.counts.bytesOut += bytes.length;
    this.#transport.write(bytes);
    if (this.#transport.waiting === 0) return;
    this.#stall ??= new StallWatch(this, this.#context);
    this.#stall.begin();
  }

  #keep(piece: Buffer): void {
    if (this.#queue === NONE) this.#queue = [];
    this.#queue.push(piece);
    this.#queueBytes += piece.length;
    if (this.#closing !== undefined || this.buffered <= this.#context.limits.closeHighWater) return;
    this.#context.counts.slow.backlog += 1;
    this.terminate();
  }

  /** For the transport: what waited was taken. */
  drained(): void {
    let sent = 0;
    for (; sent < this.#queue.length && this.#transport.hasRoom; sent++) {
      const piece = this.#queue[sent] as Buffer;
      this.#queueBytes -= piece.length;
      this.#handOver(piece);
    }
    this.#queue.splice(0, sent);
    while (this.#ephemeral?.waits && this.buffered <= this.#context.limits.ephemeralHighWater)
      this.write(this.#ephemeral.next());
    this.#giveRoom();
    if (this.#closing !== undefined && this.#queue.length === 0) this.#transport.close(this.#closing);
  }

  #giveRoom(): void {
    if (!this.#room || this.crowded) return;
    this.#room.resolve();
    this.#room = undefined;
  }

  /** For the transport: it is closed on both sides. */
  closed(): void {
    this.#isGone = true;
    this.#end?.resolve();
    this.#closing ??= 1006;
    this.#stall?.cancel();
    // A timer that waits on holds the connection, and with it all that its client ever left unfinished.
    this.#farewell?.cancel();
    this.#run = undefined;
    this.#queue = NONE;
    this.#queueBytes = 0;
    this.#ephemeral = undefined;
    this.#giveRoom();
  }
}
