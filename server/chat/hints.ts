import { z } from "zod";
import { clientId } from "#lib/chat/message.ts";

/** Raised when older nodes would misunderstand: they ignore what is newer than they are, and find out in the database. */
const VERSION = 1;

const id = z.string().max(64);
const number = z.number().int().nonnegative();
/** Milliseconds since 1970, as far as a Date reaches: a frame says it in words. */
const time = z.number().int().min(-8.64e15).max(8.64e15);

/** The store's own effects, as they are. */
const effect = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("posted"),
    room: id,
    rev: number,
    countable: number,
    author: id,
    body: z.string(),
    time,
    clientId: clientId.optional(),
  }),
  // Nodes that do not know it yet ignore the hint, and find the message in the database.
  z.object({
    type: z.literal("revised"),
    room: id,
    rev: number,
    body: z.string(),
    time,
    clientId: clientId.optional(),
  }),
  z.object({
    type: z.literal("read"),
    user: id,
    room: id,
    readSeq: number,
    readCountable: number,
    mentions: number,
  }),
]);

const hint = z.discriminatedUnion("kind", [
  /** What one command committed, all of one room. */
  z.object({ kind: z.literal("committed"), room: id, effects: z.array(effect) }),
  z.object({ kind: z.literal("typing"), room: id, user: id, on: z.boolean() }),
  /** Somebody arrived at or departed from this node. `n` counts what a node tells of presence, `prev` is the one before it in this room; 0: nobody was there. */
  z.object({ kind: z.literal("presence"), room: id, user: id, online: z.boolean(), n: number, prev: number }),
  /** Who is there? Asked of all, or of one. */
  z.object({ kind: z.literal("who"), room: id, of: id.optional() }),
  /** Everybody who is in the room on this node, as of `n`; a large room in several parts. */
  z.object({ kind: z.literal("here"), room: id, n: number, part: number, parts: number, users: z.array(id) }),
  /** This node lives, and how far its presence has come in some of the rooms where it has people. `back`: it missed something, and asks the others to say the same. */
  z.object({ kind: z.literal("beat"), rooms: z.array(z.tuple([id, number])), back: z.boolean().optional() }),
  /** This node ends; its people may come back on another one. */
  z.object({ kind: z.literal("bye") }),
]);

const envelope = z.object({
  v: z.literal(VERSION),
  /** Which node says so. */
  node: id,
  /** Which history it is about: a restored database has another one. */
  epoch: id,
  /** The last row of `changes` that it may rest on: whoever passes it on has to know them first. */
  asOf: number,
  hint,
});

export type Hint = z.infer<typeof hint>;
export type HintOf<Kind extends Hint["kind"]> = Extract<Hint, { kind: Kind }>;
export interface Envelope {
  node: string;
  epoch: string;
  asOf: number;
  hint: Hint;
}

/** As it travels between nodes. */
export function writeHint(content: Envelope): string {
  return JSON.stringify({ v: VERSION, ...content });
}

/** undefined for what is no hint, or one of a newer version. */
export function readHint(text: string): Envelope | undefined {
  try {
    return envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
