"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useMedia } from "#components/connection/use-media.ts";

export interface PeoplePanelState {
  /** undefined on the server and while hydrating: the width decides, by styles alone. */
  isOpen: boolean | undefined;
  /** Open over the room: Esc closes it. */
  isOver: boolean;
  toggle(): void;
  close(): void;
}

const KEY = "sarangbang.people-closed";
const listeners = new Set<() => void>();

/**
 * From 1280 px on the panel is a column that stays as one left it. Below that it opens over the room, closed by default, and is an entry of
 * the history, so that the back gesture closes it.
 */
export function usePeoplePanel(): PeoplePanelState {
  const isWide = useMedia("(width >= 80rem)");
  const isOver = useSearchParams().has("people");
  const isClosed = useSyncExternalStore(subscribe, readClosed, () => false);
  const isOpen = isWide === undefined ? undefined : isWide ? !isClosed : isOver;
  const toggle = useCallback(() => {
    if (isWide) keepClosed(!isClosed);
    else if (isOver) window.history.back();
    else window.history.pushState(null, "", "?people");
  }, [isWide, isClosed, isOver]);
  return useMemo(
    () => ({ isOpen, isOver: isWide === false && isOver, toggle, close: () => isOpen && toggle() }),
    [isOpen, isWide, isOver, toggle],
  );
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readClosed(): boolean {
  return window.localStorage.getItem(KEY) === "true";
}

function keepClosed(isClosed: boolean) {
  window.localStorage.setItem(KEY, String(isClosed));
  for (const listener of listeners) listener();
}
