"use client";

import { type RefCallback, useCallback, useLayoutEffect, useRef } from "react";
import type { EnterMode } from "#lib/client/enter-meaning.ts";
import { SubmitLatch } from "#lib/client/submit-latch.ts";
import type { TextField } from "#lib/client/text-field.ts";

export interface CompositionOptions {
  /**
   * Enter or `submit()`: called once a physical press, with the text that stands in the field. Return true when it was taken; the field is emptied then and
   * an `input` event tells so (React's onChange and onInput fire). Blank text comes too: ignore it and return nothing.
   */
  onSubmit(text: string, field: TextField): boolean | undefined;
  /** What Enter does (lib/client/enter-meaning.ts). `submits` when left out. */
  enter?: EnterMode;
  /** Every other key that belongs to no composition: arrows in a list, Escape, ↑ in an empty composer. Call preventDefault to keep it. */
  onKey?(event: KeyboardEvent): void;
}

export interface Composition<T extends HTMLElement> {
  /** For the textarea or input, or for a form around several inputs (then `onSubmit` usually is `form.requestSubmit()`). */
  ref: RefCallback<T>;
  /** For the Send button's onClick; in mid-composition it ends the composition first. Keep the keyboard open with preventDefault on its pointerdown. */
  submit(): void;
  isComposing(): boolean;
}

/**
 * The one place where keys of a composition are judged: no other file looks at Enter, `isComposing` or 229. The field stays uncontrolled or controlled, as you
 * like; do not add an onKeyDown for Enter. Composer: `useComposition<HTMLTextAreaElement>({ enter: me.preferences.enterSends ? "sends" : "breaks", onSubmit })`,
 * where touch keyboards and open ``` blocks are seen to here.
 */
export function useComposition<T extends HTMLElement>(options: CompositionOptions): Composition<T> {
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const latch = useRef<SubmitLatch>(undefined);
  const ref = useCallback((element: T) => {
    const attached = new SubmitLatch(element, {
      onSubmit: (text, field) => latest.current.onSubmit(text, field),
      enter: () => latest.current.enter ?? "submits",
      touch: () => matchMedia("(hover: none) and (pointer: coarse)").matches,
      onKey: (event) => latest.current.onKey?.(event),
    });
    latch.current = attached;
    return () => {
      attached.release();
      latch.current = undefined;
    };
  }, []);
  const submit = useCallback(() => latch.current?.submit(), []);
  const isComposing = useCallback(() => latch.current?.isComposing() ?? false, []);
  return { ref, submit, isComposing };
}
