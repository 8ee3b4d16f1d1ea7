"use client";

import { notify } from "#components/ui/notify.ts";
import { useAct } from "#components/ui/use-act.ts";
import { useAnswer } from "#components/ui/use-answer.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import type { RoomMember } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";

/** The members of a room while its dialog is open, and letting people in and out. */
export function useMembers(room: string) {
  const { members: words } = useWholeCatalog().rooms;
  const { busy, act } = useAct();
  const { answer, refusal, update } = useAnswer<{ members: RoomMember[] }>(`/api/rooms/${room}/members`);

  const add = (person: Person) =>
    act(person.id, async () => {
      await callApi("PUT", `/api/rooms/${room}/members/${person.id}`);
      update(({ members }) => ({ members: [...members, { user: person.id, role: "member" }] }));
      notify(words.added(person.name));
    });

  const remove = (person: Person) =>
    act(person.id, async () => {
      await callApi("DELETE", `/api/rooms/${room}/members/${person.id}`);
      update(({ members }) => ({ members: members.filter((member) => member.user !== person.id) }));
      notify(words.removed(person.name));
    });

  return { members: answer?.members, refusal, busy, add, remove };
}
