"use client";

import { useChat, useMe } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { MessageField } from "./message-field.tsx";
import { SendBar } from "./send-bar.tsx";

interface NewMessageProps {
  roomName: string;
  store: RoomStore;
  /** Esc that belongs to no composition. */
  onEscape: () => void;
}

/** Where one writes what is new; ↑ where nothing is written yet edits what one said last. */
export function NewMessage({ roomName, store, onEscape }: NewMessageProps) {
  const words = useCatalog().chat.composer;
  const chat = useChat();
  const me = useMe();
  return (
    <MessageField
      testId="composer"
      label={words.label(roomName)}
      placeholder={words.placeholder(roomName)}
      text={() => chat.draft(store.id)}
      onReady={(field) => {
        if (matchMedia("(hover: hover) and (pointer: fine)").matches) field.focus({ preventScroll: true });
      }}
      onText={(text) => {
        chat.setDraft(store.id, text);
        store.typing(text.trim() !== "");
      }}
      onSubmit={(text) => post(store, text)}
      onKey={(event, field) => {
        if (event.key === "Escape") onEscape();
        else if (isPlainUp(event) && field.value === "") editLast(store, me.id, field);
      }}
    >
      {(length, submit, note) => (
        <SendBar length={length} enterSends={me.preferences.enterSends} onSend={submit} note={note} />
      )}
    </MessageField>
  );
}

function post(store: RoomStore, text: string): boolean | undefined {
  if (text.trim() === "") return undefined;
  store.post(text);
  store.typing(false);
  return true;
}

const isPlainUp = ({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent) =>
  key === "ArrowUp" && !(altKey || ctrlKey || metaKey || shiftKey);

function editLast(store: RoomStore, me: string, field: HTMLTextAreaElement): void {
  const isOwn = (message: { author: string; deletedAt?: string }) => message.author === me && !message.deletedAt;
  const last = store.get().entries.findLast(({ state, message }) => state === "posted" && isOwn(message));
  if (last) store.editing.begin(last.message.id, () => field.focus({ preventScroll: true }));
}
