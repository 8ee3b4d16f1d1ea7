"use client";

import { notify } from "#components/ui/notify.ts";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person, Role } from "#lib/chat/person.ts";
import type { RoomRole } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";

/** What is done about somebody at once, with a notice of what became of it. */
export function usePersonActs({ id, name }: Person, onChanged: () => void) {
  const { chat, rooms } = useWholeCatalog();
  const [words, more] = [chat.people, rooms.person];
  const { act } = useAct();
  const done = (notice: (name: string) => string) => {
    notify(notice(name));
    onChanged();
  };
  return {
    setRole: (role: Role) =>
      act("role", async () => {
        await callApi("PATCH", `/api/people/${id}`, { role });
        done(role === "admin" ? words.madeAdmin : words.noAdmin);
      }),
    liftSuspension: () =>
      act("suspended", async () => {
        await callApi("PATCH", `/api/people/${id}`, { suspended: false });
        done(more.lifted);
      }),
    setRoomRole: (room: string, role: RoomRole) =>
      act("roomRole", async () => {
        await callApi("PUT", `/api/rooms/${room}/members/${id}`, { role });
        done(role === "admin" ? more.madeRoomAdmin : more.noRoomAdmin);
      }),
    remove: (room: string) =>
      act("remove", async () => {
        await callApi("DELETE", `/api/rooms/${room}/members/${id}`);
        done(words.removed);
      }),
  };
}
