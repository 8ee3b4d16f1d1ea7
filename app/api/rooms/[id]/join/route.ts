import { handle } from "../../../handle.ts";

export const POST = handle("post", undefined, ({ chat, actor, param }) => chat.rooms.join(actor, param("id")));
