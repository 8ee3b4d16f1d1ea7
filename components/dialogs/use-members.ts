"use client";

import { useReadable } from "#components/connection/use-readable.ts";
import { useMembers as useRoomMembers } from "#components/people/use-members.ts";
import { useRoomStore } from "#components/room/use-room-store.ts";
import { notify } from "#components/ui/notify.ts";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import { callApi } from "#lib/client/api.ts";

/** The members of a room while its dialog is open, live, and letting people in. */
export function useMembers(room: string) {
  const { members: words } = useWholeCatalog().rooms;
  const { busy, act } = useAct();
  const { membersAsOf } = useReadable(useRoomStore(room, undefined));
  const { members, hasFailed, reload } = useRoomMembers(room, membersAsOf);

  const add = (person: Person) =>
    act(person.id, async () => {
      await callApi("PUT", `/api/rooms/${room}/members/${person.id}`);
      reload();
      notify(words.added(person.name));
    });

  return { members, hasFailed, reload, busy, add };
}
