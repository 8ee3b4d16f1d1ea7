import { memberBody } from "#lib/chat/room.ts";
import { handle } from "../../../../handle.ts";

export const PUT = handle("admin", memberBody, ({ chat, actor, param, input }) =>
  chat.rooms.grant(actor, param("id"), param("user"), input.role),
);

export const DELETE = handle("admin", undefined, ({ chat, actor, param }) =>
  chat.rooms.revoke(actor, param("id"), param("user")),
);
