import type { Chat } from "#server/chat/chat.ts";
import { CONSOLE } from "./console.ts";

/** Does what only the console may: afterwards says of every room, and of the place, that this left it without an admin, and what to do. */
export async function minding<T>(chat: Chat, act: () => Promise<T>): Promise<T> {
  const before = await withoutAdmin(chat);
  const done = await act();
  const after = await withoutAdmin(chat);
  if (after.place && !before.place)
    warn("The place has no active admin now: make somebody one with user set-role --email ADDRESS --role admin.");
  for (const { id, name } of after.rooms) {
    if (before.rooms.some((room) => room.id === id)) continue;
    warn(
      `The room ${name} has no active admin now: make somebody one with room grant --room ${id} --email ADDRESS --role admin.`,
    );
  }
  return done;
}

async function withoutAdmin(chat: Chat) {
  const people = await chat.people.list(CONSOLE);
  const isLed = people.some(({ role, kind, suspended }) => role === "admin" && kind === "person" && !suspended);
  return { place: !isLed, rooms: await chat.rooms.withoutAdmin(CONSOLE) };
}

/** Beside the answer, so that scripts which read it go on. */
function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
