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
  const bytes = Buffer.concat([Buffer.from(`${command}\n`), encodeTail(escapes, headers, body), endOf(version)]);
  return { bytes, text: typeof body === "string" || isUtf8(body), enveloped: undefined };
}

/**
 * A MESSAGE that goes to many subscriptions (architecture.md, "Encode once"). Everything but the `subscription` header is the same for all of them and is
 * serialized once per version; the whole frame once per subscription id. Clients that derive the id from the destination share one Buffer.
 */
export class Message {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #body: string | Uint8Array;
  readonly #text: boolean;
  readonly #tails = new Map<Version, Buffer>();
  readonly #frames = new Map<string, Encoded>();

  constructor(headers: Readonly<Record<string, string>>, body: string | Uint8Array) {
    this.#headers = headers;
    this.#body = body;
    this.#text = typeof body === "string" || isUtf8(body);
  }

  /** Its message-id. */
  get id(): string {
    return this.#headers["message-id"] ?? "";
  }

  /** Octets of the body and characters of the headers: what a buffer of waiting messages is measured by. */
  get size(): number {
    const bytes = typeof this.#body === "string" ? Buffer.byteLength(this.#body) : this.#body.length;
    return sizeOf(Object.entries(this.#headers), bytes);
  }

  /** The same body under further headers, or other ones. */
  with(headers: Readonly<Record<string, string>>): Message {
    return new Message({ ...this.#headers, ...headers }, this.#body);
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
    const named = subscription === undefined ? own : { subscription, ...own };
    const bytes = Buffer.concat([Buffer.from(`MESSAGE\n${encodeHeaders(version, named)}`), this.#tail(version)]);
    return { bytes, text: this.#text, enveloped: undefined };
  }

  #tail(version: Version): Buffer {
    let tail = this.#tails.get(version);
    if (!tail) {
      tail = Buffer.concat([encodeTail(version, this.#headers, this.#body), endOf(version)]);
      this.#tails.set(version, tail);
    }
    return tail;
  }
}

/** Everything behind the command line, except the end. */
function encodeTail(version: Version, headers: Readonly<Record<string, string>>, body: string | Uint8Array): Buffer {
  const octets = typeof body === "string" ? Buffer.from(body) : body;
  const length = octets.length > 0 ? `content-length:${octets.length}\n` : "";
  return Buffer.concat([Buffer.from(`${encodeHeaders(version, headers)}${length}\n`), octets]);
}

function encodeHeaders(version: Version, headers: Readonly<Record<string, string>>): string {
  let lines = "";
  for (const [name, value] of Object.entries(headers)) {
    if (name === "content-length") continue;
    lines += `${escapeHeader(name, version, "name")}:${escapeHeader(value, version, "value")}\n`;
  }
  return lines;
}

/**
 * Between frames EOLs mean nothing, but clients of 1.0's time count on one: php-stomp takes whatever follows the NUL of a frame with content-length for it, and
 * would lose the first letter of the next frame. ActiveMQ and RabbitMQ write it, too.
 */
function endOf(version: Version): Buffer {
  return version === "1.0" ? END_WITH_EOL : END;
}

const END = Buffer.from("\0");
const END_WITH_EOL = Buffer.from("\0\n");
