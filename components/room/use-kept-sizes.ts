"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { CacheSnapshot, VirtualizerHandle } from "virtua";
import type { Entry } from "#lib/client/chat-client.ts";

interface Sizes {
  first: string | undefined;
  count: number;
  cache: CacheSnapshot;
}

// As long as the page lives: a room one comes back to needs no measuring before its rows are in their places.
const kept = new Map<string, Sizes>();

/** The heights of a room's rows as they were when it was left; undefined where other rows stand now. */
export function useKeptSizes(
  room: string,
  list: RefObject<VirtualizerHandle | null>,
  entries: readonly Entry[],
  generation: number,
  isServed: boolean,
): CacheSnapshot | undefined {
  const [cache] = useState(() => {
    const sizes = kept.get(room);
    return sizes && sizes.first === entries[0]?.key && sizes.count <= entries.length ? sizes.cache : undefined;
  });
  const latest = useRef(entries);
  useLayoutEffect(() => {
    latest.current = entries;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each generation is another list, and what the server drew is none yet
  useLayoutEffect(() => {
    const shown = list.current;
    return () => {
      const { current } = latest;
      if (shown) kept.set(room, { first: current[0]?.key, count: current.length, cache: shown.cache });
    };
  }, [room, list, generation, isServed]);
  return cache;
}
