"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Room } from "#lib/chat/room.ts";
import type { Entry, RoomSnapshot, RoomStore } from "#lib/client/chat-client.ts";
import { useFollowing } from "./use-following.ts";
import { useReading } from "./use-reading.ts";

/** Pages are fetched while their place is still this many viewports away, so that nobody waits for them. */
const AHEAD = 2;

interface TimelineScrollInput {
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLElement | null>;
  room: Room | undefined;
  store: RoomStore;
  snapshot: RoomSnapshot;
  entries: readonly Entry[];
}

export type TimelineScroll = ReturnType<typeof useTimelineScroll>;

/** Everything that follows from scrolling: following, reading, fetching pages, and knowing what stands at the top. */
export function useTimelineScroll({ list, scroller, room, store, snapshot, entries }: TimelineScrollInput) {
  const { more, loading } = snapshot;
  const following = useFollowing(list, scroller, entries, !more.after);
  const { report, reportSoon } = useReading(list, room, store, entries);
  const [topIndex, setTopIndex] = useState<number>();
  const [isScrolling, setScrolling] = useState(false);

  const fetchPages = useCallback(() => {
    const shown = list.current;
    if (!shown || shown.viewportSize === 0) return;
    const ahead = AHEAD * shown.viewportSize;
    if (more.before && !loading.before && shown.scrollOffset < ahead) void store.loadBefore();
    const rest = shown.scrollSize - shown.scrollOffset - shown.viewportSize;
    if (more.after && !loading.after && rest < ahead) void store.loadAfter();
  }, [list, store, more, loading]);

  const onScroll = useCallback(
    (offset: number) => {
      following.onScroll(offset);
      setScrolling(true);
      setTopIndex(Math.max(0, (list.current?.findItemIndex(offset + 1) ?? 1) - 1));
      fetchPages();
      report();
    },
    [following.onScroll, list, fetchPages, report],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: entries that came may leave room for more
  useEffect(() => {
    // A short page may leave room for the next one without anybody scrolling.
    const frame = requestAnimationFrame(fetchPages);
    return () => cancelAnimationFrame(frame);
  }, [fetchPages, entries]);

  const onResize = useCallback(() => {
    following.onResize();
    // Nothing was in sight before the list knew its window: a room that need not scroll tells of it by this alone.
    reportSoon();
  }, [following.onResize, reportSoon]);

  const onScrollEnd = useCallback(() => setScrolling(false), []);
  return { following, onScroll, onScrollEnd, onResize, topIndex, isScrolling };
}
