import { isUtf8 } from "node:buffer";
import { escapeHeader } from "./escape.ts";
import type { Encoded } from "./frame.ts";
import type { Version } from "./version.ts";

/** A heart-beat: one EOL. */
export const HEART_BEAT: Encoded = { bytes: Buffer.from("\n"), text: true };

/** Serializes one frame for a session's version. A body brings its content-length along. CONNECT and CONNECTED are never escaped. */
export function encodeFrame(
  version: Version,
  command: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array = "",
): Encoded {
  const escapes = command === "CONNECT" || command === "CONNECTED" ? "1.0" : version;
  const bytes = Buffer.concat([Buffer.from(`${command}\n`), encodeTail(escapes, headers, body)]);
  return { bytes, text: typeof body === "string" || isUtf8(body) };
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

  /** Octets of the body and nothing else: what a buffer of waiting messages is measured by. */
  get size(): number {
    return typeof this.#body === "string" ? Buffer.byteLength(this.#body) : this.#body.length;
  }

  /** The frame for one subscription; none is named to a 1.0 client that gave no id. */
  encode(version: Version, subscription: string | undefined): Encoded {
    const key = `${version} ${subscription ?? "\n"}`;
    const known = this.#frames.get(key);
    if (known) return known;
    const head = subscription === undefined ? "" : `subscription:${escapeHeader(subscription, version, "value")}\n`;
    const bytes = Buffer.concat([Buffer.from(`MESSAGE\n${head}`), this.#tail(version)]);
    const frame = { bytes, text: this.#text };
    this.#frames.set(key, frame);
    return frame;
  }

  #tail(version: Version): Buffer {
    let tail = this.#tails.get(version);
    if (!tail) {
      tail = encodeTail(version, this.#headers, this.#body);
      this.#tails.set(version, tail);
    }
    return tail;
  }
}

/** Everything behind the command line, with the NUL at the end. */
function encodeTail(version: Version, headers: Readonly<Record<string, string>>, body: string | Uint8Array): Buffer {
  let lines = "";
  for (const [name, value] of Object.entries(headers)) {
    if (name === "content-length") continue;
    lines += `${escapeHeader(name, version, "name")}:${escapeHeader(value, version, "value")}\n`;
  }
  const octets = typeof body === "string" ? Buffer.from(body) : body;
  if (octets.length > 0) lines += `content-length:${octets.length}\n`;
  return Buffer.concat([Buffer.from(`${lines}\n`), octets, END]);
}

const END = Buffer.from([0]);
