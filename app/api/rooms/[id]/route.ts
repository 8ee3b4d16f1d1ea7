import { changeRoomBody } from "#lib/chat/room.ts";
import { handle } from "../../handle.ts";

export const GET = handle("read", undefined, ({ chat, actor, param }) => chat.rooms.get(actor, param("id")));

export const PATCH = handle("admin", changeRoomBody, ({ chat, actor, param, input }) =>
  chat.rooms.change(actor, param("id"), input),
);
