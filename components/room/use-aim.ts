"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Rows } from "./use-rows.ts";

type How = Parameters<VirtualizerHandle["scrollToIndex"]>[1];

interface Aim {
  key: string;
  how: How;
}

/** What says that somebody wants to be elsewhere: from then on nothing is held for them. */
const DOINGS = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/**
 * Scrolls to an entry and stays with it until somebody does something. scrollToIndex goes on correcting for a while, by an index that means another row as soon
 * as older messages have come in front of it; so it is asked anew whenever they do.
 */
export function useAim(list: RefObject<VirtualizerHandle | null>, { entries, shift }: Rows) {
  const aim = useRef<Aim>(undefined);

  const point = useCallback(() => {
    if (!aim.current) return;
    const { key, how } = aim.current;
    const index = entries.findIndex((entry) => entry.key === key);
    // The list's first row is its head, so a row stands one further than its entry.
    if (index >= 0) list.current?.scrollToIndex(index + 1, how);
  }, [list, entries]);

  useEffect(() => {
    const letGo = () => {
      aim.current = undefined;
    };
    for (const doing of DOINGS) document.addEventListener(doing, letGo, { capture: true, passive: true });
    return () => {
      for (const doing of DOINGS) document.removeEventListener(doing, letGo, { capture: true });
    };
  }, []);

  useLayoutEffect(() => {
    if (shift) point();
  }, [shift, point]);

  return useCallback(
    (key: string, how: How) => {
      aim.current = { key, how };
      point();
    },
    [point],
  );
}
