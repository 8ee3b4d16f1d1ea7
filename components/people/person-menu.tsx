"use client";

import { Ellipsis } from "lucide-react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LateMenu } from "#components/ui/late-menu.tsx";
import type { Room } from "#lib/chat/room.ts";
import { type ListedPerson, personActs } from "./person-acts.ts";

interface PersonMenuProps {
  listed: ListedPerson;
  room: Room | undefined;
  onChanged: () => void;
}

/** The button to what one can do about somebody; nothing for those who can do nothing. */
export function PersonMenu({ listed, room, onChanged }: PersonMenuProps) {
  const words = useCatalog().chat.people;
  const acts = personActs(useMe(), listed, room);
  if (!Object.values(acts).some(Boolean)) return null;
  return (
    <LateMenu
      trigger={
        <IconButton label={words.menu(listed.person.name)} size="small" side="none" className="-me-2">
          <Ellipsis size={17} aria-hidden="true" />
        </IconButton>
      }
      load={() => import("./open-person-menu.tsx")}
    >
      {({ OpenPersonMenu }, trigger) => (
        <OpenPersonMenu trigger={trigger} listed={listed} acts={acts} room={room?.id} onChanged={onChanged} />
      )}
    </LateMenu>
  );
}
