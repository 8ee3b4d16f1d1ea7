import { createRoomBody } from "#lib/chat/room.ts";
import { handle } from "../handle.ts";

export const GET = handle("read", undefined, async ({ chat, actor }) => ({ rooms: await chat.rooms.list(actor) }));

export const POST = handle("admin", createRoomBody, ({ chat, actor, input }) => chat.rooms.create(actor, input));
