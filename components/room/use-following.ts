"use client";

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";

/** How far from its end the list may be, in pixels, and still count as being there. */
const SLACK = 24;

export interface Following {
  /** The end is in sight, so new messages are followed. */
  atEnd: boolean;
  toEnd(): void;
  /** Goes on from where the window stands: follows if that is the end. */
  resume(): void;
  onScroll(offset: number): void;
  onResize(): void;
}

/** Keeps the end in sight once it is reached, whatever grows or shrinks, and lets go as soon as one scrolls up. */
export function useFollowing(
  list: RefObject<VirtualizerHandle | null>,
  scroller: RefObject<HTMLElement | null>,
  entries: unknown,
  mayFollow: boolean,
): Following {
  const [atEnd, setAtEnd] = useState(true);
  const follows = useRef(false);
  const last = useRef(0);

  // Not by scrollToIndex: that goes on correcting for a while, against whoever scrolls up in the meantime.
  const keep = useCallback(() => {
    const element = scroller.current;
    if (!element || !follows.current) return;
    element.scrollTop = element.scrollHeight;
    last.current = element.scrollTop;
  }, [scroller]);

  const toEnd = useCallback(() => {
    follows.current = true;
    setAtEnd(true);
    keep();
  }, [keep]);

  const resume = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    last.current = element.scrollTop;
    follows.current = mayFollow && element.scrollHeight - element.scrollTop - element.clientHeight <= SLACK;
    setAtEnd(follows.current);
  }, [scroller, mayFollow]);

  const onScroll = useCallback(
    (offset: number) => {
      const shown = list.current;
      if (!shown) return;
      const rest = shown.scrollSize - offset - shown.viewportSize;
      const isNear = rest <= SLACK;
      // Rows that are measured late move the end away without anybody scrolling; going up lets go at once, or the next row would pull one back.
      const goesUp = offset < last.current - 1;
      follows.current = mayFollow && (rest <= 1 || (!goesUp && (isNear || follows.current)));
      last.current = offset;
      setAtEnd(mayFollow && (isNear || follows.current));
    },
    [list, mayFollow],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row is the reason to move
  useLayoutEffect(keep, [entries, keep]);
  return { atEnd, toEnd, resume, onScroll, onResize: keep };
}
