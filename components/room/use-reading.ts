"use client";

import { type RefObject, useCallback, useEffect } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Room } from "#lib/chat/room.ts";
import type { Entry, RoomStore } from "#lib/client/chat-client.ts";

/** Marks as read what is visible in a focused window. Call the returned function whenever something else became visible. */
export function useReading(
  list: RefObject<VirtualizerHandle | null>,
  room: Room | undefined,
  store: RoomStore,
  entries: readonly Entry[],
): () => void {
  const report = useCallback(() => {
    const shown = list.current;
    if (!shown || !room?.joined || !document.hasFocus() || document.visibilityState !== "visible") return;
    const seq = lastPosted(entries, lastVisible(shown));
    if (seq > room.readSeq) store.markRead(seq);
  }, [list, room, store, entries]);
  useEffect(() => {
    // Rows are measured a frame after they are drawn.
    const frame = requestAnimationFrame(report);
    window.addEventListener("focus", report);
    document.addEventListener("visibilitychange", report);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("focus", report);
      document.removeEventListener("visibilitychange", report);
    };
  }, [report]);
  return report;
}

/** Index of the last entry whose text is in sight; the list's first row is not an entry. */
function lastVisible(shown: VirtualizerHandle): number {
  return shown.findItemIndex(shown.scrollOffset + shown.viewportSize - 12) - 1;
}

function lastPosted(entries: readonly Entry[], from: number): number {
  for (let index = Math.min(from, entries.length - 1); index >= 0; index--) {
    const { state, message } = entries[index] as Entry;
    if (state === "posted") return message.seq;
  }
  return 0;
}
