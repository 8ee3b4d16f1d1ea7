import { handle } from "../../../handle.ts";

export const GET = handle("read", undefined, async ({ chat, actor, param }) => ({
  members: await chat.rooms.members(actor, param("id")),
}));
