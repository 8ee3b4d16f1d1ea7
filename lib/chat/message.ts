import { z } from "zod";
import { isId } from "./ids.ts";
import { LIMITS } from "./limits.ts";

/**
 * A message in its present state, as every MESSAGE and every page of history carries it (protocol.md, "The durable stream").
 * The same for everyone: authors and reactions are user ids. Times are RFC 3339 in UTC.
 */
export interface Message {
  id: string;
  room: string;
  /** The room's number at creation: the place in the timeline. Gaps mean nothing. */
  seq: number;
  /** The room's number at the last change: the higher one wins. */
  rev: number;
  author: string;
  text: string;
  createdAt: string;
  editedAt?: string;
  /** A tombstone: text is empty. */
  deletedAt?: string;
  replyTo?: string;
  threadOf?: string;
  reactions: Record<string, string[]>;
  attachments: unknown[];
  mentions: string[];
  clientId?: string;
}

/** A page of history, oldest first. `head` is the room's rev at the time of reading: SUBSCRIBE `from` it. */
export interface MessagePage {
  messages: Message[];
  head: number;
  epoch: string;
  /** Whether there is more before the first and after the last message of this page. */
  more: { before: boolean; after: boolean };
}

// protocol.md: at most 10,000 UTF-16 units, no NUL, no lone surrogates. Blank text is not a message.
const text = z
  .string()
  .check((given) => {
    // zod's own `max` counts an emoji as one.
    const { value: input } = given;
    if (input.length > LIMITS.text)
      given.issues.push({ code: "too_big", origin: "string", maximum: LIMITS.text, inclusive: true, input });
  })
  .refine((value) => !value.includes("\0") && value.isWellFormed() && value.trim() !== "");
/** What an author calls a message before it has a number. */
export const clientId = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** Body of SEND `/app/rooms/{id}/post`. */
export const postBody = z.object({ clientId: clientId.optional(), text });
export type PostBody = z.infer<typeof postBody>;

/** Which message is meant: its id, and where it stands in its room, which finds it at once. */
const named = { messageId: z.string().refine(isId), seq: z.int().positive().optional() };

/** Body of SEND `/app/rooms/{id}/edit`. */
export const editBody = z.object({ ...named, text });
/** Body of SEND `/app/rooms/{id}/delete`. */
export const deleteBody = z.object(named);

export const typingBody = z.object({ on: z.boolean() });
export const readBody = z.object({ seq: z.int().nonnegative() });
