import { isUtf8 } from "node:buffer";
import { unescapeHeader } from "./escape.ts";
import type { Frame } from "./frame.ts";
import { ProtocolError } from "./protocol-error.ts";
import { Unread } from "./unread.ts";
import type { Version } from "./version.ts";

/** All in bytes; a frame is counted from its command to its NUL. */
export interface ParserLimits {
  maxFrameBytes: number;
  maxHeaders: number;
  /** One header line. */
  maxHeaderBytes: number;
}

const LF = 10;
const CR = 13;
const NUL = 0;
const MAY_HAVE_BODY = new Set(["SEND", "MESSAGE", "ERROR"]);
const NONE: ReadonlyMap<string, string> = new Map();
const CUT_OFF = "A frame ends within its headers";
const NEVER_ESCAPED = new Set(["CONNECT", "CONNECTED", "STOMP"]);

/**
 * Takes bytes as they arrive, split anywhere, and gives frames when asked. Frames are pulled one by one because how the second one reads is settled by
 * the first: set `version` (and wider `limits`) after CONNECT and before the next call. Once it has thrown, it is of no further use.
 */
export class Parser {
  /** Undefined until CONNECT told: nothing is unescaped then, and CRLF ends a line as in 1.2. */
  version: Version | undefined;
  limits: ParserLimits;
  readonly #unread = new Unread();
  #phase: "between" | "command" | "headers" | "body" = "between";
  #command = "";
  #headers: Map<string, string> | undefined;
  /** Header lines so far, repeated ones too. */
  #lines = 0;
  #frameBytes = 0;
  /** From content-length; without one the body ends at the first NUL. */
  #bodyBytes: number | undefined;

  constructor(limits: ParserLimits) {
    this.limits = limits;
  }

  /** Bytes that were pushed and not yet returned in a frame. */
  get unread(): number {
    return this.#unread.length;
  }

  /** Keeps the chunk itself where it can, so it must not be changed afterwards. */
  push(chunk: Uint8Array): void {
    this.#unread.push(chunk);
  }

  /** The next frame, or undefined when it has not arrived completely. Throws a ProtocolError. */
  next(): Frame | undefined {
    if (this.#phase === "between" && !this.#skipBetween()) return undefined;
    while (this.#phase !== "body") {
      const line = this.#line();
      if (line === undefined) return undefined;
      if (this.#phase === "command") {
        this.#command = line;
        this.#phase = "headers";
      } else if (line === "") this.#beginBody();
      else this.#addHeader(line);
    }
    return this.#body();
  }

  /** EOLs and stray NULs between frames mean nothing. */
  #skipBetween(): boolean {
    const unread = this.#unread;
    for (let octet = unread.first; octet !== undefined; octet = unread.first) {
      if (octet === CR) {
        if (unread.length < 2) return false;
        if (unread.at(1) !== LF) throw this.#fault("malformed", "A carriage return stands without its line feed");
      } else if (octet !== LF && octet !== NUL) {
        this.#phase = "command";
        return true;
      }
      unread.skip(1);
    }
    return false;
  }

  #line(): string | undefined {
    const length = this.#unread.find(LF);
    const known = length ?? this.#unread.length;
    if (known > this.limits.maxHeaderBytes) throw this.#fault("too-long", "A header line is too long");
    this.#mayGrowTo(this.#frameBytes + known);
    // A frame that ends before its headers do would otherwise wait for more for ever.
    if (length === undefined && this.#unread.peek(known).includes(NUL)) throw this.#fault("malformed", CUT_OFF);
    if (length === undefined) return undefined;
    const line = this.#decodeLine(this.#unread.text(length), length);
    this.#unread.skip(length + 1);
    this.#frameBytes += length + 1;
    return line;
  }

  #decodeLine(text: string, length: number): string {
    if (text.includes("\0")) throw this.#fault("malformed", CUT_OFF);
    // A replacement character that was sent as such is as good as any other.
    const isBroken = text.includes("\ufffd") && !isUtf8(this.#unread.peek(length));
    if (isBroken) throw this.#fault("malformed", "A header is not UTF-8");
    // Only 1.2 has CRLF; before the version is known it may be 1.2.
    if (this.version === "1.0" || this.version === "1.1" || !text.includes("\r")) return text;
    const line = text.endsWith("\r") ? text.slice(0, -1) : text;
    if (line.includes("\r")) throw this.#fault("malformed", "A header holds a bare carriage return");
    return line;
  }

  #addHeader(line: string): void {
    this.#lines += 1;
    if (this.#lines > this.limits.maxHeaders) throw this.#fault("too-long", "A frame has too many headers");
    const colon = line.indexOf(":");
    if (colon < 1) throw this.#fault("malformed", "A header has no name or no colon");
    const name = this.#unescape(line.slice(0, colon));
    const value = this.#unescape(line.slice(colon + 1));
    this.#headers ??= new Map();
    if (!this.#headers.has(name)) this.#headers.set(name, value);
  }

  #unescape(text: string): string {
    if (this.version === undefined || NEVER_ESCAPED.has(this.#command)) return text;
    try {
      return unescapeHeader(text, this.version);
    } catch (error) {
      throw error instanceof ProtocolError ? this.#fault(error.fault, error.message) : error;
    }
  }

  #beginBody(): void {
    this.#phase = "body";
    const length = this.#headers?.get("content-length");
    if (length === undefined) return;
    if (!/^\d{1,15}$/.test(length)) throw this.#fault("malformed", "The content-length is not a number of octets");
    this.#bodyBytes = Number(length);
    this.#mayGrowTo(this.#frameBytes + this.#bodyBytes + 1);
  }

  #body(): Frame | undefined {
    const unread = this.#unread;
    if (this.#bodyBytes !== undefined && unread.length <= this.#bodyBytes) return undefined;
    const length = this.#bodyBytes ?? unread.find(NUL);
    this.#mayGrowTo(this.#frameBytes + (length ?? unread.length) + 1);
    if (length === undefined) return undefined;
    if (unread.at(length) !== NUL) throw this.#fault("malformed", "The body does not end where content-length says");
    if (length > 0 && this.version !== "1.0" && !MAY_HAVE_BODY.has(this.#command))
      throw this.#fault("malformed", "Only SEND may have a body");
    const frame = { command: this.#command, headers: this.#headers ?? NONE, body: unread.take(length) };
    unread.skip(1);
    this.#forget();
    return frame;
  }

  #forget(): void {
    this.#phase = "between";
    this.#command = "";
    this.#headers = undefined;
    this.#lines = 0;
    this.#frameBytes = 0;
    this.#bodyBytes = undefined;
  }

  #mayGrowTo(bytes: number): void {
    if (bytes > this.limits.maxFrameBytes) throw this.#fault("too-long", "The frame is too long");
  }

  #fault(fault: ProtocolError["fault"], message: string): ProtocolError {
    const receipt = NEVER_ESCAPED.has(this.#command) ? undefined : this.#headers?.get("receipt");
    return new ProtocolError(fault, message, receipt === undefined ? {} : { "receipt-id": receipt });
  }
}
