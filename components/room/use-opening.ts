"use client";

import { type RefObject, useLayoutEffect, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { useAim } from "./use-aim.ts";
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
  const aimAt = useAim(list, rows);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new window opens anew; later changes must not move what one reads
  useLayoutEffect(() => {
    if (entries.length === 0 || served.isServed) return;
    const linked = entries.find(({ message }) => message.seq === marked);
    const unread = divider === undefined ? undefined : entries[divider];
    if (generation !== firstGeneration) following.toEnd();
    else if (served.sizes && isPlacedByStyles()) following.resume();
    else if (linked) aimAt(linked.key, { align: "center" });
    else if (unread) aimAt(unread.key, { align: "start", offset: -56 });
    else following.toEnd();
  }, [generation, served.isServed]);
}

/** Then the page stood right before it was hydrated, or somebody has scrolled since: either way it stays. */
function isPlacedByStyles(): boolean {
  return CSS.supports("scroll-initial-target", "nearest");
}
