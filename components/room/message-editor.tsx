"use client";

import { useRef, useState } from "react";
import { type Length, MessageField } from "#components/composer/message-field.tsx";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { Button } from "#components/ui/button.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Message } from "#lib/chat/message.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";

interface MessageEditorProps {
  message: Message;
  store: RoomStore;
}

/** A message that is being edited, in its own place. What is typed stays until it is saved or given up, whatever the connection does. */
export function MessageEditor({ message, store }: MessageEditorProps) {
  const words = useCatalog().chat.timeline;
  const box = useRef<HTMLDivElement>(null);
  const { isBusy, failure, save, forgive } = useSaving(message, store, close);

  function close() {
    const row = box.current?.closest<HTMLElement>("article");
    const returnFocus = store.editing.done(message.id);
    if (returnFocus) returnFocus();
    else row?.focus({ preventScroll: true });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce its legend with every button
    <div
      ref={box}
      role="group"
      aria-label={words.edit}
      onKeyDown={(event) => {
        // Keys of the field are the field's, which alone knows whether they belong to a composition.
        if (event.key !== "Escape" || event.target instanceof HTMLTextAreaElement) return;
        event.preventDefault();
        close();
      }}
      className="py-1"
    >
      <MessageField
        testId="editor"
        label={words.editLabel}
        text={() => store.editing.text(message.id) || message.text}
        onReady={(field) => {
          if (!store.editing.takeFocus()) return;
          field.setSelectionRange(field.value.length, field.value.length);
          field.focus({ preventScroll: true });
          box.current?.closest("article")?.scrollIntoView({ block: "nearest" });
        }}
        onText={(text) => {
          store.editing.type(message.id, text);
          forgive();
        }}
        onSubmit={save}
        onKey={({ key }) => key === "Escape" && close()}
      >
        {(length, submit, note) => (
          <EditBar length={length} note={note} failure={failure} isBusy={isBusy} onSave={submit} onCancel={close} />
        )}
      </MessageField>
    </div>
  );
}

/** Saves once at a time. A text that is empty asks whether to delete the message, the same text is no edit. */
function useSaving(message: Message, store: RoomStore, onSaved: () => void) {
  const catalog = useCatalog();
  const { show } = useDialogs();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  async function send(text: string) {
    setBusy(true);
    setFailure(undefined);
    try {
      await store.edit(message, text);
      onSaved();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setFailure(wordRefusal(catalog, error));
    } finally {
      setBusy(false);
    }
  }

  function save(text: string): undefined {
    if (isBusy) return;
    if (text.trim() === "") show({ deleting: message });
    else if (text === message.text) onSaved();
    else void send(text);
  }

  return { isBusy, failure, save, forgive: () => setFailure(undefined) };
}

interface EditBarProps {
  length: Length;
  note: string;
  failure: string | undefined;
  isBusy: boolean;
  onSave: () => void;
  onCancel: () => void;
}

/** Under the text: what is in the way of saving it, and the two ways out. */
function EditBar({ length, note, failure, isBusy, onSave, onCancel }: EditBarProps) {
  const { common, chat } = useCatalog();
  const isTooLong = typeof length === "number";
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1 pt-1.5">
      <p id={note} role="alert" className="min-w-0 flex-1 basis-48 text-tiny text-danger empty:basis-0">
        {isTooLong ? chat.composer.tooLong(length) : failure && chat.timeline.notSaved(failure)}
      </p>
      <span className="flex gap-2">
        <Button variant="quiet" size="small" onClick={onCancel} className="pointer-coarse:h-11">
          {common.cancel}
        </Button>
        <Button
          variant="primary"
          size="small"
          busy={isBusy}
          disabled={isTooLong}
          // The field keeps the focus, and phones their keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={onSave}
          className="pointer-coarse:h-11"
        >
          {common.save}
        </Button>
      </span>
    </div>
  );
}
