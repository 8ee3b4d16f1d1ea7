"use client";

import { RoomIcon } from "#components/sidebar/room-icon.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Room } from "#lib/chat/room.ts";

interface RoomRowProps {
  room: Room;
  busy: boolean;
  onOpen: () => void;
  /** Joins, or leaves. */
  onTurn: () => void;
}

export function RoomRow({ room, busy, onOpen, onTurn }: RoomRowProps) {
  const { browse } = useWholeCatalog().rooms;
  return (
    <li className="flex items-center gap-3 py-2">
      <button
        type="button"
        onClick={onOpen}
        className="-mx-2 flex min-h-11 min-w-0 flex-1 items-center gap-3 rounded-md px-2 py-1 text-start hover:bg-hover"
      >
        <span className="text-ink-soft">
          {/* All rooms that can be browsed are open. */}
          <RoomIcon room={room} size={18} isSilent />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-semibold">{room.name}</span>
            {room.joined && <Badge tone="accent">{browse.joined}</Badge>}
            {room.archived && <Badge>{browse.archived}</Badge>}
            {room.posting === "admins" && <Badge>{browse.readOnly}</Badge>}
          </span>
          {room.topic && <span className="block truncate text-small text-ink-soft">{room.topic}</span>}
        </span>
      </button>
      <Button
        size="small"
        variant={room.joined ? "secondary" : "primary"}
        busy={busy}
        aria-label={room.joined ? browse.leaveName(room.name) : browse.joinName(room.name)}
        onClick={onTurn}
        className="min-w-18"
      >
        {room.joined ? browse.leave : browse.join}
      </Button>
    </li>
  );
}
