import { handle } from "../../handle.ts";

export const DELETE = handle("admin", undefined, ({ chat, actor, param }) => chat.invites.revoke(actor, param("code")));
