"use client";

import { useCallback } from "react";
import { unreadOf } from "#components/sidebar/room-order.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { notify } from "#components/ui/notify.ts";
import type { Room } from "#lib/chat/room.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";

/** Marks all of a room as read, which can be undone while a notice says so. False when there was nothing to mark. */
export function useMarkRead(room: Room | undefined, store: RoomStore): () => boolean {
  const words = useCatalog().chat.timeline;
  const count = room ? unreadOf(room) : 0;
  return useCallback(() => {
    if (count === 0) return false;
    const { keep, undo } = store.markAllRead();
    // Whoever closes the page has not undone it.
    window.addEventListener("pagehide", keep, { once: true });
    notify(words.markedRead(count), "plain", { label: words.undo, run: undo, otherwise: keep });
    return true;
  }, [count, store, words]);
}
