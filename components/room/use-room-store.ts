"use client";

import { useEffect, useState } from "react";
import { useChat } from "#components/connection/chat-provider.tsx";
import type { MessagePage } from "#lib/chat/message.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";

/** The store of a room, entered for as long as the component lives. Call it in a component that is keyed by the room. */
export function useRoomStore(room: string, page: MessagePage | undefined): RoomStore {
  const chat = useChat();
  // Rendering must not hold anything: a render may be thrown away. The store outlives its release long enough for the effect to hold it.
  const [store] = useState(() => {
    const entered = chat.enter(room, page);
    entered.release();
    return entered.store;
  });
  useEffect(() => chat.enter(room).release, [chat, room]);
  return store;
}
