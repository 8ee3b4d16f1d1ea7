"use client";

import { useCallback, useEffect, useState } from "react";
import type { RoomMember } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";

interface Members {
  /** undefined until they are known. */
  members: readonly RoomMember[] | undefined;
  hasFailed: boolean;
  reload(): void;
}

// What was seen last of each room, so that a room one comes back to has its people at once.
const seen = new Map<string, readonly RoomMember[]>();

/** Who is in a room: what was seen last or the server rendered, asked again whenever the room says that it may be another (`asOf`). */
export function useMembers(room: string, asOf: number, rendered?: readonly RoomMember[]): Members {
  const [known] = useState(() => seen.get(room) ?? rendered);
  const [members, setMembers] = useState(known);
  const [hasFailed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  // Before the room is entered nothing newer than what was rendered is to be had.
  const isEarly = asOf === 0 && turn === 0 && known !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asOf and turn say when to ask again
  useEffect(() => {
    if (isEarly) return;
    let current = true;
    callApi<{ members: RoomMember[] }>("GET", `/api/rooms/${room}/members`).then(
      (answer) => {
        seen.set(room, answer.members);
        if (!current) return;
        setMembers(answer.members);
        setFailed(false);
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [room, asOf, turn, isEarly]);
  return { members, hasFailed, reload: useCallback(() => setTurn((before) => before + 1), []) };
}
