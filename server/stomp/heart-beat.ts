import { ProtocolError } from "./protocol-error.ts";
import type { Version } from "./version.ts";

/** Milliseconds between signs of life in each direction, 0 for none. */
export interface HeartBeat {
  /** We have to send something at least this often. */
  send: number;
  /** The peer has promised to. */
  receive: number;
}

/** What both sides agreed on (1.1 and 1.2, "Heart-beating"): in each direction the larger wish, nothing when either says 0. 1.0 has none. */
export function negotiateHeartBeat(header: string | undefined, version: Version, ours: HeartBeat): HeartBeat {
  if (version === "1.0" || header === undefined) return { send: 0, receive: 0 };
  const match = /^(\d{1,9}),(\d{1,9})$/.exec(header);
  if (!match) throw new ProtocolError("malformed", "The heart-beat header is two numbers, such as 10000,10000");
  return { send: slower(ours.send, Number(match[2])), receive: slower(Number(match[1]), ours.receive) };
}

function slower(offered: number, wanted: number): number {
  return offered === 0 || wanted === 0 ? 0 : Math.max(offered, wanted);
}
