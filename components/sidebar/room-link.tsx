"use client";

import { memo } from "react";
import { useNavigation } from "#components/connection/navigation.tsx";
import { roomPath } from "#components/connection/room-path.ts";
import { classNames } from "#components/ui/class-names.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";
import { isPlainClick } from "./is-plain-click.ts";
import { RoomIcon } from "./room-icon.tsx";
import { unreadOf } from "./room-order.ts";

interface RoomLinkProps {
  room: Room;
  current: boolean;
}

/** One room of the sidebar: a real link, drawn without the server when clicked. */
export const RoomLink = memo(function RoomLink({ room, current }: RoomLinkProps) {
  const { openRoom } = useNavigation();
  const unread = unreadOf(room);
  return (
    <a
      href={roomPath(room.id)}
      data-testid="room-link"
      data-room-id={room.id}
      data-unread={unread}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        openRoom(room.id);
      }}
      className={classNames(
        "relative flex h-8.5 items-center gap-2.5 rounded-md px-2 transition-colors max-md:h-12 max-md:px-3",
        "hover:bg-hover hover:text-ink",
        unread > 0 ? "font-semibold text-ink" : "text-ink-soft",
        // The bar is there besides the tint, for those who do not see the tint.
        "aria-[current]:bg-celadon-tint aria-[current]:font-semibold aria-[current]:text-ink",
        "aria-[current]:before:absolute aria-[current]:before:inset-y-1.5 aria-[current]:before:start-0 aria-[current]:before:w-0.75 aria-[current]:before:rounded-full aria-[current]:before:bg-celadon",
      )}
    >
      <RoomIcon room={room} />
      <span className="min-w-0 flex-1 truncate">{room.name}</span>
      <Count unread={unread} />
    </a>
  );
});

function Count({ unread }: { unread: number }) {
  const words = useCatalog().chat.sidebar;
  if (unread === 0) return null;
  return (
    <span className="text-tiny font-semibold text-ink-soft tabular-nums">
      <span aria-hidden="true">{compact(unread)}</span>
      <span className="sr-only">{words.unread(unread)}</span>
    </span>
  );
}

const compact = (count: number) => (count > 999 ? "999+" : String(count));
