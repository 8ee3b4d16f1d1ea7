"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

interface ServedRowsProps {
  /** The height of every row, in pixels, as soon as the server's HTML is hydrated. */
  onMeasure: (heights: number[]) => void;
  /** Scrolled to the end, where no row asks to be the first in sight. */
  atEnd: boolean;
  children: ReactNode;
}

/**
 * The first page as the server draws it: every row in the flow, scrolled into place by styles alone. Hydrated and measured it gives way to
 * the virtual list, which then stands exactly as these rows stood. (virtua could hydrate them itself by its ssrCount, but it takes every row
 * for 40 px then until it has measured them, finds itself scrolled beyond its end, and drops all rows until somebody scrolls.)
 */
export function ServedRows({ onMeasure, atEnd, children }: ServedRowsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    onMeasure(Array.from(list.current?.children ?? [], (row) => row.getBoundingClientRect().height));
  }, [onMeasure]);
  return (
    // Contained as the virtual list contains its rows, so that their margins add up to the same heights.
    <>
      <div ref={list} className="*:contain-layout">
        {children}
      </div>
      {atEnd && <div className="[scroll-initial-target:nearest]" />}
    </>
  );
}
