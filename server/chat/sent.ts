import { z } from "zod";
import { LIMITS } from "#lib/chat/limits.ts";
import { type PostBody, postBody } from "#lib/chat/message.ts";
import { Refusal } from "#lib/chat/refusal.ts";

/** The headers and body of a SEND. */
export interface Sent {
  headers: ReadonlyMap<string, string>;
  body: Uint8Array;
}

/** Body of `/app/rooms/{id}/post`: JSON, or the text itself with a `client-id` header (protocol.md, "Destinations"). */
export function parsePost({ headers, body }: Sent): PostBody {
  const text = decode(body);
  const type = headers.get("content-type") ?? (looksLikeJson(text) ? "application/json" : "text/plain");
  const clientId = headers.get("client-id");
  const given = /^text\/plain\b/i.test(type) ? { text } : parseJson(text);
  return check(postBody, clientId === undefined ? given : { clientId, ...given });
}

/** A JSON body by its schema: `malformed` with the field's name, `too-long` for a text that is. */
export function parseSent<Schema extends z.ZodType>(schema: Schema, { body }: Sent): z.infer<Schema> {
  return check(schema, parseJson(decode(body)));
}

function check<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "body");
  const tooLong = parsed.error.issues.some(({ code, path }) => code === "too_big" && path[0] === "text");
  throw new Refusal(tooLong ? "too-long" : "malformed", { field });
}

function parseJson(text: string): Record<string, unknown> {
  const parsed = json.safeParse(text);
  if (!parsed.success) throw new Refusal("malformed", { field: "body" });
  return parsed.data;
}

const json = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));

/** A client that names no type sends either; a text that happens to begin with a brace is still a text. */
const looksLikeJson = (text: string) => text.startsWith("{") && json.safeParse(text).success;

function decode(body: Uint8Array): string {
  // A text of 10,000 units has at most three bytes for each; JSON may escape them.
  if (body.byteLength > LIMITS.text * 6 + 1_024) throw new Refusal("too-long", { field: "text" });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Refusal("malformed", { field: "body" });
  }
}
