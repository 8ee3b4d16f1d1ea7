import { isUtf8 } from "node:buffer";
import { escapeHeader } from "./escape.ts";
import { type Encoded, sizeOf } from "./frame.ts";
import type { Version } from "./version.ts";

/** A heart-beat: one EOL. */
export const HEART_BEAT: Encoded = { bytes: Buffer.from("\n"), text: true, enveloped: undefined };

/** Serializes one frame for a session's version. A body brings its content-length along. CONNECT and CONNECTED are never escaped. */
export function encodeFrame(
  version: Version,
  command: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array = "",
): Encoded {
  const escapes = command === "CONNECT" || command === "CONNECTED" ? "1.0" : version;
  const octets = typeof body === "string" ? Buffer.from(body) : body;
  const bytes = join(`${command}\n${encodeHeaders(escapes, headers)}${lengthOf(octets)}\n`, octets, version);
  return { bytes, text: typeof body === "string" || isUtf8(body), enveloped: undefined };
}

/**
 * A MESSAGE that goes to many subscriptions (architecture.md, "Encode once"). Everything but the `subscription` header is the same for all of them and is
 * escaped once per version; the whole frame is made once per subscription id. Clients that derive the id from the destination share one Buffer.
 */
export class Message {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #octets: Uint8Array;
  readonly #text: boolean;
  /** Header lines by version, without those of one subscription. */
  readonly #lines: Partial<Record<Version, string>> = {};
  readonly #frames = new Map<string, Encoded>();

  constructor(headers: Readonly<Record<string, string>>, body: string | Uint8Array) {
    this.#headers = headers;
    this.#octets = typeof body === "string" ? Buffer.from(body) : body;
    this.#text = typeof body === "string" || isUtf8(body);
  }

  /** Its message-id. */
  get id(): string {
    return this.#headers["message-id"] ?? "";
  }

  /** Octets of the body and characters of the headers: what a buffer of waiting messages is measured by. */
  get size(): number {
    return sizeOf(Object.entries(this.#headers), this.#octets.length);
  }

  /** The same body under further headers, or other ones. */
  with(headers: Readonly<Record<string, string>>): Message {
    return new Message({ ...this.#headers, ...headers }, this.#octets);
  }

  /** The frame for one subscription; none is named to a 1.0 client that gave no id. */
  encode(version: Version, subscription: string | undefined): Encoded {
    const key = `${version} ${subscription ?? "\n"}`;
    let frame = this.#frames.get(key);
    if (!frame) {
      frame = this.encodeAlone(version, subscription, {});
      this.#frames.set(key, frame);
    }
    return frame;
  }

  /** The frame for one subscription and this one delivery, with headers of its own: how to acknowledge it. */
  encodeAlone(version: Version, subscription: string | undefined, own: Readonly<Record<string, string>>): Encoded {
    const named = subscription === undefined ? "" : encodeHeader(version, "subscription", subscription);
    this.#lines[version] ??= `${encodeHeaders(version, this.#headers)}${lengthOf(this.#octets)}\n`;
    const head = `MESSAGE\n${named}${encodeHeaders(version, own)}${this.#lines[version]}`;
    return { bytes: join(head, this.#octets, version), text: this.#text, enveloped: undefined };
  }
}

/** A whole frame in memory of its own. */
function join(head: string, body: Uint8Array, version: Version): Buffer {
  const start = Buffer.byteLength(head);
  const end = start + body.length;
  /**
   * Between frames EOLs mean nothing, but clients of 1.0's time count on one: php-stomp takes whatever follows the NUL of a frame with content-length for it,
   * and would lose the first letter of the next frame. ActiveMQ and RabbitMQ write it, too.
   */
  const tail = version === "1.0" ? "\0\n" : "\0";
  const frame = Buffer.allocUnsafe(end + tail.length);
  frame.write(head);
  frame.set(body, start);
  frame.write(tail, end);
  return frame;
}

function lengthOf(body: Uint8Array): string {
  return body.length > 0 ? `content-length:${body.length}\n` : "";
}

function encodeHeaders(version: Version, headers: Readonly<Record<string, string>>): string {
  let lines = "";
  for (const name in headers)
    if (name !== "content-length") lines += encodeHeader(version, name, headers[name] as string);
  return lines;
}

function encodeHeader(version: Version, name: string, value: string): string {
  return `${escapeHeader(name, version, "name")}:${escapeHeader(value, version, "value")}\n`;
}
