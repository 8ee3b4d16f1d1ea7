"use client";

import { type ReactNode, useCallback, useId, useRef, useState } from "react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useComposition } from "#components/ui/use-composition.ts";
import { LIMITS } from "#lib/chat/limits.ts";

interface MessageFieldProps {
  testId: "composer" | "editor";
  label: string;
  placeholder?: string;
  /** What stands in it at first: asked once, because the browser owns the text from then on. */
  text: () => string;
  /** The field is there. */
  onReady: (field: HTMLTextAreaElement) => void;
  onText: (text: string) => void;
  /** A text that is not too long; blank ones come too. True when it was taken: then the field is emptied. */
  onSubmit: (text: string) => boolean | undefined;
  /** Keys that belong to no composition and submit nothing. */
  onKey: (event: KeyboardEvent, field: HTMLTextAreaElement) => void;
  /** What stands under the text, given how long that is, what submits it, and the id by which its note is found. */
  children: (length: Length, submit: () => void, note: string) => ReactNode;
}

/** Nothing to send, something, or how many characters too many. */
export type Length = "none" | "some" | number;

/** The text one is writing, new or old. The browser owns it while it is typed, so typing never waits for a rendering. */
export function MessageField({ testId, label, placeholder, onKey, children, ...rest }: MessageFieldProps) {
  const { onText, onSubmit } = rest;
  const { enterSends } = useMe().preferences;
  const [length, setLength] = useState<Length>("none");
  const note = useId();
  const first = useRef(rest);
  const { ref, submit } = useComposition<HTMLTextAreaElement>({
    enter: enterSends ? "sends" : "breaks",
    onSubmit: (text) => (text.length > LIMITS.text ? undefined : onSubmit(text)),
    onKey: (event) => onKey(event, event.target as HTMLTextAreaElement),
  });
  const attach = useCallback(
    (field: HTMLTextAreaElement) => {
      const { text, onReady } = first.current;
      // What was typed before the page was ready wins over what was kept.
      if (field.value === "") field.value = text();
      setLength(show(field));
      onReady(field);
      return ref(field);
    },
    [ref],
  );
  const isTooLong = typeof length === "number";
  return (
    <div className="control cursor-text rounded-xl bg-raised ps-4 pe-2 pt-2.5 pb-2">
      <textarea
        ref={attach}
        rows={1}
        data-testid={testId}
        aria-label={label}
        aria-describedby={isTooLong ? note : undefined}
        aria-invalid={isTooLong || undefined}
        placeholder={placeholder}
        onInput={({ currentTarget: field }) => {
          onText(field.value);
          setLength(show(field));
        }}
        className="block field-sizing-content max-h-[40dvh] min-h-6 w-full resize-none bg-transparent text-body outline-none placeholder:truncate placeholder:text-ink-soft"
      />
      {children(length, submit, note)}
    </div>
  );
}

/** Sees to the height of the field, as far as its max-height lets it, and tells how long its text is. */
function show(field: HTMLTextAreaElement): Length {
  // Measuring lays out the whole page; `field-sizing` needs none of it.
  if (!CSS.supports("field-sizing", "content")) {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }
  const excess = field.value.length - LIMITS.text;
  if (excess > 0) return excess;
  return field.value.trim() === "" ? "none" : "some";
}
