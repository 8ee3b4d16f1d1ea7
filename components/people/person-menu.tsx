"use client";

import { Ellipsis } from "lucide-react";
import { lazy } from "react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LateMenu } from "#components/ui/late-menu.tsx";
import type { Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { mayRemoveFrom } from "./may-remove-from.ts";

const OpenPersonMenu = lazy(() => import("./open-person-menu.tsx").then((file) => ({ default: file.OpenPersonMenu })));

interface PersonMenuProps {
  person: Person;
  room: Room | undefined;
  onChanged: () => void;
}

/** The button to what one can do about somebody; nothing for those who can do nothing. */
export function PersonMenu({ person, room, onChanged }: PersonMenuProps) {
  const words = useCatalog().chat.people;
  const isAdmin = useMe().role === "admin";
  if (!isAdmin && !mayRemoveFrom(room)) return null;
  return (
    <LateMenu
      trigger={
        <IconButton label={words.menu(person.name)} size="small" side="none" className="-me-2">
          <Ellipsis size={17} aria-hidden="true" />
        </IconButton>
      }
    >
      {(trigger) => <OpenPersonMenu trigger={trigger} person={person} room={room} onChanged={onChanged} />}
    </LateMenu>
  );
}
