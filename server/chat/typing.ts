import { TYPING_EXPIRES } from "#lib/chat/activity.ts";
import { roomActivity } from "#lib/chat/destinations.ts";
import { activityPublication, type Publish } from "./publication.ts";

/** Who is typing where: goes out by itself, with the message, or when told. */
export interface Typing {
  /** On this node: the others are told. */
  set(room: string, user: string, on: boolean): void;
  /** On another node, or it ended with a message. */
  heard(room: string, user: string, on: boolean): void;
  /** In every room where it was on this node: the last connection ended. */
  stop(user: string): void;
  users(room: string): string[];
}

interface Line {
  timer: NodeJS.Timeout;
  isOurs: boolean;
}

export function createTyping({
  publish,
  tell,
  expires = TYPING_EXPIRES,
}: {
  publish: Publish;
  /** Tells the other nodes. */
  tell(room: string, user: string, on: boolean): void;
  expires?: number;
}): Typing {
  const rooms = new Map<string, Map<string, Line>>();

  function show(room: string, user: string, on: boolean): void {
    publish(roomActivity(room), activityPublication(room, { type: "typing", user, on }, `typing ${user}`));
  }

  function forget(room: string, user: string): boolean {
    const users = rooms.get(room);
    clearTimeout(users?.get(user)?.timer);
    const was = users?.delete(user) ?? false;
    if (users?.size === 0) rooms.delete(room);
    return was;
  }

  function change(room: string, user: string, on: boolean, isOurs: boolean): void {
    const was = forget(room, user);
    if (on) {
      const users = rooms.get(room) ?? new Map<string, Line>();
      const timer = setTimeout(change, expires, room, user, false, isOurs).unref();
      rooms.set(room, users.set(user, { timer, isOurs }));
    }
    // Clients let the line go out by themselves as well, so every sign of life is passed on.
    if (on || was) show(room, user, on);
  }

  function set(room: string, user: string, on: boolean): void {
    change(room, user, on, true);
    tell(room, user, on);
  }

  return {
    set,
    heard: (room, user, on) => change(room, user, on, false),
    stop(user) {
      for (const [room, users] of rooms) if (users.get(user)?.isOurs) set(room, user, false);
    },
    users: (room) => [...(rooms.get(room)?.keys() ?? [])],
  };
}
