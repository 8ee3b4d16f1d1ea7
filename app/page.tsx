import { redirect } from "next/navigation";
import { runtime } from "#server/runtime.ts";
import { requireActor } from "./session.ts";

/** Leads to the room talked in last of those in the sidebar, else to the first open one, else to the list of rooms. */
export default async function HomePage() {
  const actor = await requireActor();
  const rooms = (await runtime().chat.rooms.list(actor)).filter((room) => !room.archived);
  const room = rooms.find((one) => one.joined) ?? rooms[0];
  redirect(room ? `/rooms/${room.id}` : "/rooms");
}
