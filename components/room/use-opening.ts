"use client";

import { type RefObject, useLayoutEffect, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { indexAfter } from "./index-after.ts";
import type { Following } from "./use-following.ts";
import type { Rows } from "./use-rows.ts";
import type { Served } from "./use-served.ts";

interface Opening {
  list: RefObject<VirtualizerHandle | null>;
  rows: Rows;
  served: Served;
  marked: number | undefined;
  divider: number | undefined;
  following: Following;
}

/** Where the first window of messages begins: at the marked one, centred; else at the first unread; else at the end, as every later window does. */
export function useOpening({ list, rows, served, marked, divider, following }: Opening): void {
  const { entries, generation } = rows;
  // A room that was not loaded yet begins with its first page.
  const [firstGeneration] = useState(entries.length === 0 ? 1 : 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new window opens anew; later changes must not move what one reads
  useLayoutEffect(() => {
    if (entries.length === 0 || served.isServed) return;
    const isFirst = generation === firstGeneration;
    const at = marked === undefined ? -1 : indexAfter(entries, marked) - 1;
    // The list's first row is its head, so a row stands one further than its entry.
    if (isFirst && served.sizes && isPlacedByStyles()) following.resume();
    else if (isFirst && marked !== undefined && entries[at]?.message.seq === marked)
      list.current?.scrollToIndex(at + 1, { align: "center" });
    else if (isFirst && divider !== undefined)
      list.current?.scrollToIndex(divider + 1, { align: "start", offset: -56 });
    else following.toEnd();
  }, [generation, served.isServed]);
}

/** Then the page stood right before it was hydrated, or somebody has scrolled since: either way it stays. */
function isPlacedByStyles(): boolean {
  return CSS.supports("scroll-initial-target", "nearest");
}
