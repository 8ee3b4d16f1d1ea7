/**
 * Bytes that have arrived and were not taken yet. A chunk that arrives alone is used where it lies; only one that continues an earlier one is copied, into
 * a buffer that doubles, so that a frame sent octet by octet costs no more than its length. What was taken stays valid: no byte is ever overwritten.
 */
export class Unread {
  #buffer: Buffer = EMPTY;
  #start = 0;
  #end = 0;
  /** Up to here `find` has looked already. */
  #searched = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  get first(): number | undefined {
    return this.at(0);
  }

  at(index: number): number | undefined {
    return index < this.length ? this.#buffer[this.#start + index] : undefined;
  }

  push(chunk: Uint8Array): void {
    if (this.length === 0) {
      this.#buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      this.#start = 0;
      this.#end = chunk.byteLength;
      this.#searched = 0;
      return;
    }
    if (this.#end + chunk.byteLength > this.#buffer.length) this.#grow(chunk.byteLength);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.byteLength;
  }

  /** Distance to the next such octet; undefined when it has not arrived. Asked again, for the same octet until it is found, it goes on where it stopped. */
  find(octet: number): number | undefined {
    if (this.#searched < this.#start) this.#searched = this.#start;
    const arrived = this.#end === this.#buffer.length ? this.#buffer : this.#buffer.subarray(0, this.#end);
    const at = arrived.indexOf(octet, this.#searched);
    if (at === -1) {
      this.#searched = this.#end;
      return undefined;
    }
    this.#searched = at;
    return at - this.#start;
  }

  /** The next `length` bytes, left where they are. */
  peek(length: number): Buffer {
    return this.#buffer.subarray(this.#start, this.#start + length);
  }

  /** The same as text, whatever of it is no UTF-8 replaced. */
  text(length: number): string {
    return this.#buffer.toString("utf8", this.#start, this.#start + length);
  }

  take(length: number): Buffer {
    const taken = this.peek(length);
    this.skip(length);
    return taken;
  }

  skip(length: number): void {
    this.#start += length;
    // What has all been taken is not kept alive until more comes.
    if (this.#start === this.#end) this.#reset();
  }

  #reset(): void {
    this.#buffer = EMPTY;
    this.#start = 0;
    this.#end = 0;
    this.#searched = 0;
  }

  #grow(more: number): void {
    const grown = Buffer.allocUnsafe(Math.max(this.length + more, this.length * 2));
    this.#buffer.copy(grown, 0, this.#start, this.#end);
    this.#searched = Math.max(0, this.#searched - this.#start);
    this.#end -= this.#start;
    this.#start = 0;
    this.#buffer = grown;
  }
}

const EMPTY = Buffer.alloc(0);
