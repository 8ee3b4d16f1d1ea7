/** One STOMP frame as it was received: headers decoded, of repeated ones the first (1.1, "Repeated Header Entries"). */
export interface Frame {
  readonly command: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What a frame takes up while it is kept, about: the octets of its body and the characters of its headers. */
export function sizeOf(headers: Iterable<readonly [string, string]>, bodyBytes: number): number {
  let size = bodyBytes;
  for (const [name, value] of headers) size += name.length + value.length;
  return size;
}

/** The same octets in memory of their own. For what is kept for long: otherwise all that arrived together with them is kept as well. */
export function detached(body: Uint8Array): Uint8Array {
  return body.byteLength === body.buffer.byteLength ? body : new Uint8Array(body);
}

/** A frame as it goes out. `text` is true when all octets are valid UTF-8: WebSocket's text opcode allows nothing else. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly text: boolean;
  /** Room for a transport to keep what it makes of the frame, so that it is made once for all sockets. */
  enveloped: Buffer | undefined;
}
