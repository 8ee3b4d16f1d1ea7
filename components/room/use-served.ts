"use client";

import { useCallback, useState, useSyncExternalStore } from "react";
import type { CacheSnapshot } from "virtua";

export interface Served {
  /** On the server, and until its HTML is hydrated and measured. */
  isServed: boolean;
  /** The rows of that HTML as they stood; undefined where the browser drew the room itself. */
  sizes: CacheSnapshot | undefined;
  onMeasure: (heights: number[]) => void;
}

/** Whether the timeline is still what the server drew, and afterwards the heights its rows had. */
export function useServed(): Served {
  const isHydrated = useSyncExternalStore(never, yes, no);
  const [sizes, setSizes] = useState<CacheSnapshot>();
  const onMeasure = useCallback((heights: number[]) => setSizes([heights, median(heights)]), []);
  return { isServed: !isHydrated && !sizes, sizes, onMeasure };
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

const never = () => () => {};
const yes = () => true;
const no = () => false;
