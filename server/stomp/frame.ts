/** One STOMP frame as it was received: headers decoded, of repeated ones the first (1.1, "Repeated Header Entries"). */
export interface Frame {
  readonly command: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** A frame as it goes out. `text` is true when all octets are valid UTF-8: WebSocket's text opcode allows nothing else. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly text: boolean;
}
