"use client";

import { type ReactNode, useRef } from "react";
import { useLatePart } from "#components/ui/use-late-part.ts";
import type { Message } from "#lib/chat/message.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";

const load = () => import("./message-editor.tsx").then((file) => file.MessageEditor);

interface LateEditorProps {
  message: Message;
  store: RoomStore;
  /** The message as it is read, until its editor is there. */
  children: ReactNode;
}

/** The editor of a message, whose code nobody needs to read a room. When it cannot be loaded nothing is edited, and what was typed before is kept. */
export function LateEditor({ message, store, children }: LateEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const Editor = useLatePart(load, () => {
    const row = box.current?.closest<HTMLElement>("article");
    const returnFocus = store.editing.putAside() ?? (() => row?.focus({ preventScroll: true }));
    returnFocus();
  });
  return Editor ? <Editor message={message} store={store} /> : <div ref={box}>{children}</div>;
}
