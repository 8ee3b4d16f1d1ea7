import { handle } from "../../../../handle.ts";

export const PUT = handle("admin", undefined, ({ chat, actor, param }) =>
  chat.rooms.grant(actor, param("id"), param("user")),
);

export const DELETE = handle("admin", undefined, ({ chat, actor, param }) =>
  chat.rooms.revoke(actor, param("id"), param("user")),
);
