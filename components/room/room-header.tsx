"use client";

import { Ellipsis, Settings2, Users } from "lucide-react";
import { PaneHeader } from "#components/connection/pane-header.tsx";
import type { PeoplePanelState } from "#components/people/use-people-panel.ts";
import { RoomIcon } from "#components/sidebar/room-icon.tsx";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { classNames } from "#components/ui/class-names.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LateMenu } from "#components/ui/late-menu.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Room } from "#lib/chat/room.ts";

/** Name, topic and what one can do with the room. */
export function RoomHeader({ room, panel }: { room: Room | undefined; panel: PeoplePanelState }) {
  const words = useCatalog().chat.room;
  return (
    <PaneHeader back={words.back}>
      {room ? <Name room={room} /> : <Skeleton className="h-5 w-32" />}
      <div className="ms-auto flex shrink-0 gap-0.5 ps-2">
        {room && <Actions room={room} />}
        <IconButton label={words.people} side="bottom" aria-pressed={panel.isOpen} onClick={panel.toggle}>
          <Users size={19} aria-hidden="true" />
        </IconButton>
      </div>
    </PaneHeader>
  );
}

function Name({ room }: { room: Room }) {
  const { entry } = useCatalog().chat.sidebar;
  return (
    <div className="flex min-w-0 items-center gap-2.5 max-md:flex-row-reverse max-md:gap-1.5">
      <span
        data-tooltip={entry[room.kind]}
        data-tooltip-side="bottom"
        className={classNames("text-ink-soft md:text-ink", room.kind === "open" && "max-md:hidden")}
      >
        <RoomIcon room={room} />
      </span>
      <h1 className="truncate text-large font-bold tracking-tight">{room.name}</h1>
      {room.topic && (
        <p title={room.topic} className="min-w-0 flex-1 truncate pt-0.5 text-small text-ink-soft max-md:hidden">
          {room.topic}
        </p>
      )}
    </div>
  );
}

function Actions({ room }: { room: Room }) {
  const words = useCatalog().chat.room;
  const { show } = useDialogs();
  // Who is in an admins' room follows from who is an admin.
  const mayLeave = room.joined && room.kind !== "admins";
  return (
    <>
      {room.mayManage && (
        <IconButton label={words.settings} side="bottom" onClick={() => show({ settingsOf: room.id })}>
          <Settings2 size={19} aria-hidden="true" />
        </IconButton>
      )}
      {mayLeave && (
        <LateMenu
          trigger={
            <IconButton label={words.more} side="none">
              <Ellipsis size={19} aria-hidden="true" />
            </IconButton>
          }
          load={() => import("./open-room-menu.tsx")}
        >
          {({ OpenRoomMenu }, trigger) => <OpenRoomMenu trigger={trigger} room={room} />}
        </LateMenu>
      )}
    </>
  );
}
