"use client";

import { useMe } from "#components/connection/chat-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";
import type { ListedPerson } from "./person-acts.ts";
import { PersonMenu } from "./person-menu.tsx";

interface PersonLineProps {
  listed: ListedPerson;
  isOnline: boolean;
  room: Room | undefined;
  onChanged: () => void;
}

/** One person of the panel: picture, name, what they are, and for admins what can be done. */
export function PersonLine({ listed, isOnline, room, onChanged }: PersonLineProps) {
  const { person, isRoomAdmin } = listed;
  const { chat, common } = useCatalog();
  const words = chat.people;
  const isMe = useMe().id === person.id;
  const tags = [
    person.suspended && common.suspended,
    person.kind === "bot" && words.bot,
    person.role === "admin" && words.admin,
    isRoomAdmin && words.roomAdmin,
    isMe && words.me,
  ].filter((tag) => typeof tag === "string");
  return (
    <li className="flex min-h-9 items-center gap-2.5 rounded-md px-3 hover:bg-hover focus-within:bg-hover max-md:min-h-12">
      <Avatar name={person.name} size="small" presence={isOnline ? "online" : undefined} />
      <span className={classNames("min-w-0 flex-1 truncate", !isOnline && "text-ink-soft")}>
        {person.name}
        {person.title && <span className="ms-1.5 text-tiny text-ink-soft">{person.title}</span>}
      </span>
      {isOnline && <span className="sr-only">{words.here}</span>}
      <span className="shrink-0 text-tiny text-ink-soft">{tags.join(" · ")}</span>
      <PersonMenu listed={listed} room={room} onChanged={onChanged} />
    </li>
  );
}
