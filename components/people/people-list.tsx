"use client";

import { useMemo } from "react";
import { useInbox } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Person } from "#lib/chat/person.ts";
import type { Room, RoomMember } from "#lib/chat/room.ts";
import { compareNames } from "#lib/text/compare-names.ts";
import { isLastAdmin } from "./is-last-admin.ts";
import type { ListedPerson } from "./person-acts.ts";
import { PersonLine } from "./person-line.tsx";

interface PeopleListProps {
  room: Room | undefined;
  members: readonly RoomMember[];
  online: ReadonlySet<string>;
  onChanged: () => void;
}

/** Members, those connected first. */
export function PeopleList({ room, members, online, onChanged }: PeopleListProps) {
  const words = useCatalog().chat.people;
  const people = useInbox((inbox) => inbox.people);
  const listed = useMemo(() => list(room, members, people), [room, members, people]);
  const here = listed.filter(({ person }) => online.has(person.id));
  const away = listed.filter(({ person }) => !online.has(person.id));
  const groups = [
    { title: words.online(here.length), people: here, isOnline: true },
    { title: words.others, people: away, isOnline: false },
  ];
  return groups.map(
    ({ title, people: group, isOnline }) =>
      group.length > 0 && (
        <section key={String(isOnline)} className="pt-1 pb-2">
          <h3 className="px-3 py-1 text-tiny font-semibold text-ink-soft">{title}</h3>
          <ul>
            {group.map((listed) => (
              <PersonLine
                key={listed.person.id}
                listed={listed}
                isOnline={isOnline}
                room={room}
                onChanged={onChanged}
              />
            ))}
          </ul>
        </section>
      ),
  );
}

function list(
  room: Room | undefined,
  members: readonly RoomMember[],
  people: ReadonlyMap<string, Person>,
): ListedPerson[] {
  const listed: ListedPerson[] = [];
  for (const { user, role } of members) {
    const person = people.get(user);
    if (!person) continue;
    listed.push({ person, isRoomAdmin: role === "admin", isLastAdmin: isLastAdmin({ room, members, people, user }) });
  }
  return listed.sort((a, b) => compareNames(a.person.name, b.person.name));
}
