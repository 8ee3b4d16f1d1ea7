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

/** Who is in a room: what the server rendered, then asked again whenever `asOf` changes while the panel is open. */
export function useMembers(room: string, rendered: readonly RoomMember[] | undefined, asOf: unknown): Members {
  const [members, setMembers] = useState(() => rendered ?? seen.get(room));
  const [hasFailed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asOf and turn say when to ask again
  useEffect(() => {
    if (asOf === undefined) return;
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
  }, [room, asOf, turn]);
  return { members, hasFailed, reload: useCallback(() => setTurn((before) => before + 1), []) };
}
