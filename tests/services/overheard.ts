import { roomStream } from "#lib/chat/destinations.ts";
import type { Room } from "#lib/chat/room.ts";
import { readFigures } from "#tests/support/figures.ts";
import type { TestServer } from "#tests/support/server.ts";
import type { Wire } from "#tests/support/wire.ts";

export const INBOX = "/user/queue/inbox";

/** What a connection was told at a destination, in order. */
export const events = (wire: Wire, destination: string) =>
  wire.frames.flatMap(({ command, headers, body }) =>
    command === "MESSAGE" && headers.destination === destination ? [JSON.parse(body)] : [],
  );

export const texts = (wire: Wire, room: Room): string[] => events(wire, roomStream(room.id)).map(({ text }) => text);

/** `prev rev` of every frame of a room. */
export const numbers = (wire: Wire, room: Room) =>
  wire.frames.flatMap(({ headers }) =>
    headers.destination === roomStream(room.id) ? [`${headers.prev} ${headers.rev}`] : [],
  );

export const isHere = (event: { type: string; online?: unknown; user?: string }, user: string) =>
  (event.type === "presence" && event.user === user && event.online === true) ||
  (event.type === "snapshot" && Array.isArray(event.online) && event.online.includes(user));

export async function relayStates(server: TestServer) {
  const figures = await readFigures(server);
  const of = (state: string) => figures.get(`sarangbang_relay_state{state="${state}"}`);
  return { connecting: of("connecting"), up: of("up"), down: of("down") };
}
