import { z } from "zod";
import { LIMITS } from "#lib/chat/limits.ts";
import { handle } from "../../../handle.ts";

const seq = z.coerce.number().int().nonnegative().optional();
const at = z
  .strictObject({
    before: seq,
    after: seq,
    around: seq,
    limit: z.coerce.number().int().min(1).max(LIMITS.page.most).optional(),
  })
  .refine(({ before, after, around }) => [before, after, around].filter((place) => place !== undefined).length <= 1);

export const GET = handle("read", at, ({ chat, actor, param, input }) => chat.messages.page(actor, param("id"), input));
