import { z } from "zod";
import { LIMITS } from "./limits.ts";
import type { Message } from "./message.ts";

/** Messages that were found, newest first. */
export interface SearchAnswer {
  messages: Message[];
  /** Where the next page begins: `before`. Absent where nothing is left. */
  next?: string;
  /** What the query names and nobody here can find: then nothing is found. */
  unclear?: { operator: string; value: string }[];
  /** Some older messages cannot be found yet: after an upgrade or a restore they are made ready bit by bit. */
  preparing?: true;
}

/** Milliseconds, room and seq of the message that was looked at last. */
export const SEARCH_CURSOR = /^(\d{1,14})\.([0-9a-z]{1,32})\.(\d{1,10})$/;

/** What `GET /api/search` is asked. */
export const searchInput = z.strictObject({
  q: z
    .string()
    .check((given) => {
      const { value: input } = given;
      if (input.length > LIMITS.search.query)
        given.issues.push({
          ...{ code: "too_big", origin: "string", maximum: LIMITS.search.query },
          ...{ inclusive: true, input },
        });
    })
    .refine((value) => !value.includes("\0") && value.isWellFormed() && !value.includes("\ufffd")),
  before: z.string().regex(SEARCH_CURSOR).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.search.most).optional(),
  /** IANA: where the days of `before:` and `after:` begin. */
  zone: z.string().max(64).optional(),
});
export type SearchInput = z.infer<typeof searchInput>;
