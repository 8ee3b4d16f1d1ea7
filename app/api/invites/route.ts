import { createInviteBody } from "#lib/chat/invite.ts";
import { handle } from "../handle.ts";

export const GET = handle("admin", undefined, async ({ chat, actor }) => ({ invites: await chat.invites.list(actor) }));

export const POST = handle("admin", createInviteBody, ({ chat, actor, input }) => chat.invites.create(actor, input));
