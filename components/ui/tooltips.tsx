"use client";

import { useEffect, useState } from "react";
import { classNames } from "./class-names.ts";
import { placeTooltip, type TooltipPlace } from "./place-tooltip.ts";

/** Milliseconds a pointer rests before words appear; those beside them then appear at once. */
const PATIENCE = 400;
const STILL_WARM = 300;

/**
 * The words of whatever carries `data-tooltip` (and `data-tooltip-side`), on hover and on focus by keyboard. One for the whole page, in the root
 * layout. They repeat a control's name, so they are silent for screen readers.
 */
export function Tooltips() {
  const [shown, setShown] = useState<TooltipPlace>();
  useEffect(() => watchTooltips(setShown), []);
  if (!shown) return null;
  return (
    <span
      aria-hidden="true"
      style={{ left: shown.left, top: shown.top }}
      className={classNames(
        "pointer-events-none fixed z-50 w-max max-w-64 animate-appear rounded-md bg-ink px-2.5 py-1 text-tiny font-medium text-paper shadow-float",
        shown.side === "top" && "-translate-x-1/2 -translate-y-full",
        shown.side === "bottom" && "-translate-x-1/2",
        shown.side === "left" && "-translate-x-full -translate-y-1/2",
        shown.side === "right" && "-translate-y-1/2",
      )}
    >
      {shown.text}
    </span>
  );
}

function watchTooltips(show: (place: TooltipPlace | undefined) => void): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  let wanted: HTMLElement | null = null;
  const hide = () => {
    clearTimeout(timer);
    if (isShown) hiddenAt = performance.now();
    isShown = false;
    wanted = null;
    show(undefined);
  };
  const want = (target: EventTarget | null, delay: number) => {
    const owner = target instanceof Element ? target.closest<HTMLElement>("[data-tooltip]") : null;
    if (owner === wanted) return;
    hide();
    if (!owner) return;
    wanted = owner;
    timer = setTimeout(() => {
      isShown = true;
      show(placeTooltip(owner));
    }, delay);
  };
  const on = (type: string, listener: (event: Event) => void) =>
    document.addEventListener(type, listener, { capture: true, passive: true, signal: stop.signal });
  on("pointerover", (event) => {
    if ((event as PointerEvent).pointerType === "touch") return;
    want(event.target, performance.now() - hiddenAt < STILL_WARM ? 0 : PATIENCE);
  });
  on("focusin", (event) => {
    if ((event.target as Element).matches(":focus-visible")) want(event.target, 0);
  });
  for (const type of ["focusout", "pointerdown", "keydown", "scroll"]) on(type, hide);
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
