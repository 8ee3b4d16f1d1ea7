"use client";

import { useNavigation, useRoomPath, useShallowRooms } from "#components/connection/navigation.tsx";
import type { MessagePage } from "#lib/chat/message.ts";
import type { Room, RoomMember } from "#lib/chat/room.ts";
import { NoRoom } from "./no-room.tsx";
import { RoomPane } from "./room-pane.tsx";

/** What the server rendered a room from. */
export interface RenderedRoom {
  room: Room;
  page: MessagePage;
  members: RoomMember[];
}

/** Draws the room that the address names: with what the server rendered where it is that room, else with what the client holds. */
export function RoomSwitch({ rendered }: { rendered?: RenderedRoom }) {
  useShallowRooms();
  const address = useNavigation().path;
  const path = useRoomPath();
  // On the way back to another page the address is there before Next has drawn it: nothing may lead on from it.
  if (!path) return address === "/rooms" ? <NoRoom /> : null;
  return (
    <RoomPane
      key={`${path.room}/${path.seq ?? ""}`}
      id={path.room}
      marked={path.seq}
      rendered={rendered?.room.id === path.room ? rendered : undefined}
    />
  );
}
