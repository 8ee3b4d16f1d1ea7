"use client";

import { useCallback, useState } from "react";
import { useChat, useMe } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { useComposition } from "#components/ui/use-composition.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { SendBar } from "./send-bar.tsx";

interface MessageFieldProps {
  roomName: string;
  store: RoomStore;
  /** Esc that belongs to no composition. */
  onEscape: () => void;
}

/** The text one is writing. The browser owns it while it is typed, so typing never waits for a rendering. */
export function MessageField({ roomName, store, onEscape }: MessageFieldProps) {
  const words = useCatalog().chat.composer;
  const chat = useChat();
  const { enterSends } = useMe().preferences;
  const [length, setLength] = useState<Length>("none");
  const { ref, submit } = useComposition<HTMLTextAreaElement>({
    enter: enterSends ? "sends" : "breaks",
    onSubmit: (text) => post(store, text),
    onKey: ({ key }) => key === "Escape" && onEscape(),
  });
  const attach = useCallback(
    (field: HTMLTextAreaElement) => {
      // What was typed before the page was ready wins over the draft.
      if (field.value === "") field.value = chat.draft(store.id);
      setLength(show(field));
      if (matchMedia("(hover: hover) and (pointer: fine)").matches) field.focus({ preventScroll: true });
      return ref(field);
    },
    [ref, chat, store],
  );
  const isTooLong = typeof length === "number";
  return (
    <div className="control cursor-text rounded-xl bg-raised ps-4 pe-2 pt-2.5 pb-2">
      <textarea
        ref={attach}
        rows={1}
        data-testid="composer"
        aria-label={words.label(roomName)}
        aria-describedby={isTooLong ? "composer-note" : undefined}
        aria-invalid={isTooLong || undefined}
        placeholder={words.placeholder(roomName)}
        onInput={({ currentTarget: field }) => {
          chat.setDraft(store.id, field.value);
          setLength(show(field));
          store.typing(field.value.trim() !== "");
        }}
        className="block field-sizing-content max-h-[40dvh] min-h-6 w-full resize-none bg-transparent text-body outline-none placeholder:truncate placeholder:text-ink-soft"
      />
      <SendBar length={length} enterSends={enterSends} onSend={submit} />
    </div>
  );
}

/** Nothing to send, something, or how many characters too many. */
export type Length = "none" | "some" | number;

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

function post(store: RoomStore, text: string): boolean | undefined {
  if (text.trim() === "" || text.length > LIMITS.text) return undefined;
  store.post(text);
  store.typing(false);
  return true;
}
