"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Room } from "#lib/chat/room.ts";
import type { Entry, RoomStore } from "#lib/client/chat-client.ts";

interface Reading {
  /** Something else became visible. */
  report(): void;
  /** The same, as soon as the next frame has been drawn. */
  reportSoon(): void;
}

/** Marks as read what is visible in a focused window. */
export function useReading(
  list: RefObject<VirtualizerHandle | null>,
  room: Room | undefined,
  store: RoomStore,
  entries: readonly Entry[],
): Reading {
  const frame = useRef(0);
  const report = useCallback(() => {
    const shown = list.current;
    if (!shown || !room?.joined || !document.hasFocus() || document.visibilityState !== "visible") return;
    const seq = lastPosted(entries, lastVisible(shown));
    if (seq > room.readSeq && isDrawn(seq)) store.markRead(seq);
  }, [list, room, store, entries]);
  const reportSoon = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(report);
  }, [report]);
  useEffect(() => {
    // Rows are measured a frame after they are drawn.
    reportSoon();
    window.addEventListener("focus", report);
    document.addEventListener("visibilitychange", report);
    return () => {
      cancelAnimationFrame(frame.current);
      window.removeEventListener("focus", report);
      document.removeEventListener("visibilitychange", report);
    };
  }, [report, reportSoon]);
  return { report, reportSoon };
}

/**
 * The list hides what it has not measured. By the heights that it supposes for those, more would be in sight than is; when it knows, it tells by its
 * onResize.
 */
function isDrawn(seq: number): boolean {
  return document.querySelector(`[data-seq="${seq}"]`)?.checkVisibility({ visibilityProperty: true }) ?? false;
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
