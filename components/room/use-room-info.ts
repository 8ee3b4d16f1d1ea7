"use client";

import { useEffect, useState } from "react";
import { useRoom } from "#components/connection/chat-provider.tsx";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";

/**
 * What is known of a room: from the inbox where it is there, else from the page, else asked of the server (an open room that one reads
 * without having joined it). `"gone"` for a room that does not exist or is not for this person to see.
 */
export function useRoomInfo(id: string, rendered: Room | undefined): Room | "gone" | undefined {
  const known = useRoom(id);
  const [asked, setAsked] = useState<Room | "gone">();
  const isUnknown = known === undefined && rendered === undefined;
  useEffect(() => {
    if (!isUnknown) return;
    let current = true;
    callApi<Room>("GET", `/api/rooms/${id}`).then(
      (room) => current && setAsked(room),
      (error: unknown) => current && isRefusal(error) && error.code === "not-found" && setAsked("gone"),
    );
    return () => {
      current = false;
    };
  }, [id, isUnknown]);
  return known ?? rendered ?? asked;
}
