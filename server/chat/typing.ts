import { TYPING_EXPIRES } from "#lib/chat/activity.ts";
import { roomActivity } from "#lib/chat/destinations.ts";
import { activityPublication, type Publish } from "./publication.ts";

/** Who is typing where: goes out by itself, with the message, or when told. */
export interface Typing {
  set(room: string, user: string, on: boolean): void;
  /** In every room: the last connection ended. */
  stop(user: string): void;
  users(room: string): string[];
}

export function createTyping(publish: Publish, expires = TYPING_EXPIRES): Typing {
  const rooms = new Map<string, Map<string, NodeJS.Timeout>>();

  function show(room: string, user: string, on: boolean): void {
    publish(roomActivity(room), activityPublication(room, { type: "typing", user, on }, `typing ${user}`));
  }

  function forget(room: string, user: string): boolean {
    const users = rooms.get(room);
    clearTimeout(users?.get(user));
    const was = users?.delete(user) ?? false;
    if (users?.size === 0) rooms.delete(room);
    return was;
  }

  function set(room: string, user: string, on: boolean): void {
    const was = forget(room, user);
    if (on) {
      const users = rooms.get(room) ?? new Map();
      rooms.set(room, users.set(user, setTimeout(set, expires, room, user, false).unref()));
    }
    // Clients let the line go out by themselves as well, so every sign of life is passed on.
    if (on || was) show(room, user, on);
  }

  return {
    set,
    stop(user) {
      for (const [room, users] of rooms) if (users.has(user)) set(room, user, false);
    },
    users: (room) => [...(rooms.get(room)?.keys() ?? [])],
  };
}
