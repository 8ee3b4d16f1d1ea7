"use client";

import { LogOut } from "lucide-react";
import type { ReactElement } from "react";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { Room } from "#lib/chat/room.ts";

/** What one seldom does with a room. */
export function OpenRoomMenu({ trigger, room }: { trigger: ReactElement; room: Room }) {
  const words = useCatalog().chat.room;
  const { show } = useDialogs();
  return (
    <Menu align="end" trigger={trigger} defaultOpen>
      <MenuItem icon={<LogOut />} onSelect={() => show({ leaving: room.id })}>
        {words.leave}
      </MenuItem>
    </Menu>
  );
}
