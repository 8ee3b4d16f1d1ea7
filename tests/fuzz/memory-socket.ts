import { Duplex } from "node:stream";

/** Looks to the gateway like a TCP connection, and is memory: what the fuzzing is about is ours, not the system's. */
export class MemorySocket extends Duplex {
  bytesRead = 0;
  bytesWritten = 0;
  /** The server has closed its half. */
  ended = false;
  readonly #take: (chunk: Buffer) => void;

  constructor(take: (chunk: Buffer) => void) {
    super();
    this.#take = take;
  }

  /** Bytes come in from the peer. */
  arrive(chunk: Uint8Array): void {
    this.bytesRead += chunk.length;
    this.push(chunk);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.bytesWritten += chunk.length;
    this.#take(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.ended = true;
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.ended = true;
    done(error);
  }
}
