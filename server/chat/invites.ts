import { createInviteBody } from "#lib/chat/invite.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";

const HOUR = 60 * 60 * 1_000;

export function createInvites({ store, now, newId }: Context): Chat["invites"] {
  return {
    create(actor, input) {
      const { expiresInHours, maxUses } = createInviteBody.parse(input);
      const at = now();
      const expiresAt = expiresInHours === null ? null : at + expiresInHours * HOUR;
      return store.write("createInvite", { actor, now: at, code: newId(), expiresAt, maxUses });
    },
    list: (actor) => store.read("inviteList", { actor, now: now() }),
    revoke: (actor, code) => store.write("revokeInvite", { actor, now: now(), code }),
    look: (code) => store.read("invite", { code, now: now() }),
  };
}
