import { randomBytes } from "node:crypto";
import { createTokenBody } from "#lib/chat/token.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";
import { sha256 } from "./sessions.ts";

const DAY = 24 * 60 * 60 * 1_000;

export function createTokens({ store, now, newId }: Context): Chat["tokens"] {
  return {
    async create(actor, user, input) {
      const { name, scopes, rooms, expiresInDays } = createTokenBody.parse(input);
      const at = now();
      const expiresAt = expiresInDays === null ? null : at + expiresInDays * DAY;
      const secret = `sb_${randomBytes(32).toString("base64url")}`;
      const token = { id: newId(), user, name, hash: sha256(secret), scopes, rooms, expiresAt };
      return { ...(await store.write("createToken", { actor, now: at, token })), secret };
    },
    list: (actor, user) => store.read("tokenList", { actor, now: now(), user }),
    revoke: (actor, token) => store.write("revokeToken", { actor, now: now(), token }),
  };
}
