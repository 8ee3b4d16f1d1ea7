import { RoomSwitch } from "#components/room/room-switch.tsx";
import { requireActor } from "../../session.ts";

/** The list of rooms: a pane of its own on phones; wide screens go on to the room one was in last. */
export default async function RoomsPage() {
  await requireActor("/rooms");
  return <RoomSwitch />;
}
