import { createRoomBody } from "#lib/chat/room.ts";
import type { Chat } from "./chat.ts";
import type { Context } from "./context.ts";

export function createRooms({ store, now, newId }: Context): Chat["rooms"] {
  const get: Chat["rooms"]["get"] = (actor, room) => store.read("room", { actor, now: now(), room });
  return {
    get,
    list: (actor) => store.read("roomsOf", { actor, now: now() }),
    async create(actor, input) {
      const id = newId();
      await store.write("createRoom", { actor, now: now(), id, room: createRoomBody.parse(input) });
      return await get(actor, id);
    },
    async change(actor, room, changes) {
      await store.write("changeRoom", { actor, now: now(), room, changes });
      return await get(actor, room);
    },
    members: (actor, room) => store.read("members", { actor, now: now(), room }),
    grant: (actor, room, user, role) => store.write("grant", { actor, now: now(), room, user, role }),
    revoke: (actor, room, user) => store.write("revoke", { actor, now: now(), room, user }),
    async join(actor, room) {
      await store.write("joinRoom", { actor, now: now(), room });
      return await get(actor, room);
    },
    withoutAdmin: (actor) => store.read("roomsWithoutAdmin", { actor, now: now() }),
    leave: (actor, room) => store.write("leaveRoom", { actor, now: now(), room }),
  };
}
