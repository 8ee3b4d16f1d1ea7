"use client";

import { ChevronDown } from "lucide-react";
import { useMemo } from "react";
import { useInbox } from "#components/connection/chat-provider.tsx";
import { useRoomPath } from "#components/connection/navigation.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";
import { RoomLink } from "./room-link.tsx";
import { orderRooms } from "./room-order.ts";

/** The rooms one has joined. */
export function RoomList() {
  const words = useCatalog().chat.sidebar;
  const rooms = useInbox((inbox) => inbox.rooms);
  const current = useRoomPath()?.room;
  const { active, archived } = useMemo(() => orderRooms(rooms.values()), [rooms]);
  return (
    <>
      {active.length === 0 && <p className="px-4 py-2 text-small text-ink-soft">{words.empty}</p>}
      <Links rooms={active} current={current} label={words.rooms} />
      {archived.length > 0 && (
        <details className="group mt-3" open={archived.some(({ id }) => id === current) || undefined}>
          <summary className="mx-2 flex list-none items-center gap-1 rounded-md px-2 py-1 text-tiny font-semibold text-ink-soft hover:text-ink">
            {words.archived}
            <ChevronDown size={14} aria-hidden="true" className="-rotate-90 group-open:rotate-0 rtl:rotate-90" />
          </summary>
          <Links rooms={archived} current={current} label={words.archived} />
        </details>
      )}
    </>
  );
}

function Links({ rooms, current, label }: { rooms: readonly Room[]; current: string | undefined; label: string }) {
  return (
    <ul aria-label={label} className="px-2">
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomLink room={room} current={room.id === current} />
        </li>
      ))}
    </ul>
  );
}
