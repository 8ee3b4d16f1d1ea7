import { z } from "zod";

/** What travels as one message of the engine: hints in the order in which they were published. */
export interface Parcel {
  /** Those of its keys; several only on a link that mixes. */
  readonly shards: readonly number[];
  readonly hints: number;
  readonly bytes: Buffer;
}

export interface Hint {
  readonly shard: number;
  readonly key: string;
  readonly hint: string;
}

/** So many characters of hints share a parcel; a hint that is longer travels alone. */
const FULL = 64 * 1024;
/** Bytes. Kafka takes messages of up to 1 MiB where nobody has set anything else. */
const MOST_BYTES = 768 * 1024;

const wire = z.object({ node: z.string(), hints: z.array(z.tuple([z.string(), z.string()])) });

/** Packs hints that may travel together. Those that no engine would take are left out. */
export function pack(node: string, hints: readonly Hint[]): Parcel[] {
  const parcels: Parcel[] = [];
  let together: [string, string][] = [];
  let shards = new Set<number>();
  let length = 0;
  const close = () => {
    if (together.length === 0) return;
    const bytes = Buffer.from(JSON.stringify({ node, hints: together }));
    if (bytes.length <= MOST_BYTES) parcels.push({ shards: [...shards], hints: together.length, bytes });
    together = [];
    shards = new Set();
    length = 0;
  };
  for (const { shard, key, hint } of hints) {
    if (length + hint.length > FULL) close();
    together.push([key, hint]);
    shards.add(shard);
    length += hint.length;
  }
  close();
  return parcels;
}

/** Whether a message of the engine is one of this node's own, seen at a glance: RabbitMQ and Kafka bring all of them back. */
export function recognise(node: string): (bytes: Uint8Array) => boolean {
  const beginning = Buffer.from(JSON.stringify({ node }).slice(0, -1));
  return (bytes) => beginning.equals(bytes.subarray(0, beginning.length));
}

/** What a message of the engine says, and who said it; undefined when it was never packed by us. */
export function unpack(bytes: Uint8Array): { node: string; hints: readonly (readonly [string, string])[] } | undefined {
  try {
    return wire.parse(JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")));
  } catch {
    // A topic with our name may be written to by others as well.
    return undefined;
  }
}
