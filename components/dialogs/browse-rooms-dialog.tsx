"use client";

import { useState } from "react";
import { Dialog, DialogBody } from "#components/ui/dialog.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";
import { openRooms } from "./open-rooms.ts";
import { RoomRow } from "./room-row.tsx";

interface BrowseRoomsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** All rooms of the inbox, live: joining and leaving come back through it. */
  rooms: readonly Room[];
  /** Others are told who creates rooms. */
  mayCreate: boolean;
  /** Shows a room; the dialog is closed by the caller. */
  onOpenRoom: (room: Room) => void;
}

/** The open rooms of this place: look into them, join, leave. */
export function BrowseRoomsDialog({ open, onOpenChange, rooms, mayCreate, onOpenRoom }: BrowseRoomsDialogProps) {
  const { browse } = useWholeCatalog().rooms;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={browse.title} wide>
      <RoomBrowser rooms={rooms} onOpenRoom={onOpenRoom} />
      {!mayCreate && (
        <p className="border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-small text-ink-soft sm:px-6">
          {browse.onlyAdmins}
        </p>
      )}
    </Dialog>
  );
}

function RoomBrowser({ rooms, onOpenRoom }: { rooms: readonly Room[]; onOpenRoom: (room: Room) => void }) {
  const { browse } = useWholeCatalog().rooms;
  const [query, setQuery] = useState("");
  const { busy, act } = useAct();
  const found = openRooms(rooms, query);
  const turn = (room: Room) =>
    act(room.id, () => callApi("POST", `/api/rooms/${room.id}/${room.joined ? "leave" : "join"}`));
  return (
    <>
      <div className="px-5 pb-2 sm:px-6">
        <SearchInput
          label={browse.search}
          value={query}
          onValueChange={setQuery}
          onEnter={() => found[0] && onOpenRoom(found[0])}
        />
      </div>
      <DialogBody className="min-h-80">
        <ul className="divide-y divide-line">
          {found.map((room) => (
            <RoomRow
              key={room.id}
              room={room}
              busy={busy === room.id}
              onOpen={() => onOpenRoom(room)}
              onTurn={() => turn(room)}
            />
          ))}
        </ul>
        {found.length === 0 && (
          <p className="py-6 text-center text-ink-soft">{query.trim() ? browse.none(query.trim()) : browse.empty}</p>
        )}
      </DialogBody>
    </>
  );
}
