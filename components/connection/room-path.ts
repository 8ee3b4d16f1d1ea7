export interface RoomPath {
  room: string;
  /** The message of a permalink. */
  seq?: number;
}

const ROOM = /^\/rooms\/([0-9a-z]{1,32})(?:\/(\d{1,15}))?\/?$/;

/** The room, and the message, that an address names; undefined for every other address. */
export function parseRoomPath(path: string): RoomPath | undefined {
  const match = ROOM.exec(path);
  if (!match) return undefined;
  return { room: match[1] as string, seq: match[2] === undefined ? undefined : Number(match[2]) };
}

export function roomPath(room: string, seq?: number): string {
  return seq === undefined ? `/rooms/${room}` : `/rooms/${room}/${seq}`;
}
