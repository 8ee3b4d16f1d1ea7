import { handle } from "../../../handle.ts";

export const POST = handle("post", undefined, ({ chat, actor, param }) => chat.rooms.leave(actor, param("id")));
