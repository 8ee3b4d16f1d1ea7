import { randomFillSync } from "node:crypto";

const TEXT = 1;
const PONG = 10;
const masks = Buffer.alloc(4 * 1_024);
let used = masks.length;

export const textFrame = (text: string): Buffer => maskedFrame(TEXT, Buffer.from(text));
export const pongFrame = (payload: Buffer): Buffer => maskedFrame(PONG, payload);

/** A client masks what it sends (RFC 6455, 5.3), and with something: a mask of zeros would spare the server work that browsers do not spare it. */
function maskedFrame(opcode: number, payload: Buffer): Buffer {
  if (used === masks.length) {
    randomFillSync(masks);
    used = 0;
  }
  const mask = masks.subarray(used, used + 4);
  used += 4;
  const { length } = payload;
  const head = length < 126 ? 2 : 4;
  if (length > 0xffff) throw new Error("The load generator sends no frames beyond 64 kB.");
  const frame = Buffer.allocUnsafe(head + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (head === 2 ? length : 126);
  if (head === 4) frame.writeUInt16BE(length, 2);
  mask.copy(frame, head);
  for (let at = 0; at < length; at++) frame[head + 4 + at] = (payload[at] as number) ^ (mask[at & 3] as number);
  return frame;
}

/** Skips through whole frames by their lengths, telling of each where its payload lies, and returns how many bytes they were. */
export function readFrames(
  bytes: Buffer,
  length: number,
  heard: (opcode: number, start: number, end: number) => void,
): number {
  let at = 0;
  while (length - at >= 2) {
    const short = (bytes[at + 1] as number) & 127;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (length - at < head) break;
    const size = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const end = at + head + size;
    if (end > length) break;
    heard((bytes[at] as number) & 15, at + head, end);
    at = end;
  }
  return at;
}
