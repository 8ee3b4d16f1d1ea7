import type { Random } from "./random.ts";

const PIECES = [
  "\0",
  "\n",
  "\r",
  "\r\n",
  ":",
  "\\",
  "\\n",
  "\n\n",
  "\0\n",
  "\ufeff",
  "content-length:2\n",
  "receipt:r\n",
];
const OCTETS = [0x00, 0x0a, 0x0d, 0x3a, 0x5c, 0x80, 0xc3, 0xff];

/** Spoils bytes in up to four places; of every second input in none. */
export function mutate(random: Random, bytes: Buffer): Buffer {
  let spoiled = bytes;
  for (let times = random.one(2) ? 0 : random.below(5); times > 0; times--)
    spoiled = random.pick(MUTATIONS)(random, spoiled);
  return spoiled;
}

type Mutation = (random: Random, bytes: Buffer) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  // Another octet.
  (random, bytes) => put(bytes, random.below(bytes.length + 1), 1, Buffer.from([random.pick(OCTETS)])),
  // One flipped bit.
  (random, bytes) => {
    const at = random.below(Math.max(1, bytes.length));
    return put(bytes, at, 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << random.below(8))]));
  },
  // Something that means something, put in.
  (random, bytes) => put(bytes, random.below(bytes.length + 1), 0, Buffer.from(random.pick(PIECES))),
  // A stretch left out.
  (random, bytes) => put(bytes, random.below(bytes.length + 1), random.below(12), Buffer.alloc(0)),
  // A stretch said twice.
  (random, bytes) => {
    const at = random.below(bytes.length + 1);
    return put(bytes, at, 0, bytes.subarray(at, at + random.below(60)));
  },
  // The end missing.
  (random, bytes) => bytes.subarray(0, random.below(bytes.length + 1)),
  // Two stretches that changed places.
  (random, bytes) => {
    const [a = 0, b = 0] = [random.below(bytes.length + 1), random.below(bytes.length + 1)].sort((x, y) => x - y);
    return Buffer.concat([bytes.subarray(b), bytes.subarray(a, b), bytes.subarray(0, a)]);
  },
];

function put(bytes: Buffer, at: number, instead: number, piece: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + instead)]);
}

/** The same bytes in up to six pieces. */
export function cut(random: Random, bytes: Buffer): Buffer[] {
  const cuts = Array.from({ length: random.below(6) }, () => random.below(bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}
