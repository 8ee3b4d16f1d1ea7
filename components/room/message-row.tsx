"use client";

import { useState, useSyncExternalStore } from "react";
import { usePerson } from "#components/connection/chat-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Person } from "#lib/chat/person.ts";
import type { Entry, RoomStore } from "#lib/client/chat-client.ts";
import { FailedNote } from "./failed-note.tsx";
import { LateEditor } from "./late-editor.tsx";
import { MessageText } from "./message-text.tsx";
import { MessageTime } from "./message-time.tsx";
import { MessageTools } from "./message-tools.tsx";

interface MessageRowProps {
  entry: Entry;
  /** By the same author a moment after the one above: without picture and name. */
  isContinued: boolean;
  isMarked: boolean;
  store: RoomStore;
}

interface GutterProps {
  message: Entry["message"];
  name: string;
  isContinued: boolean;
  isActive: boolean;
}

/** A message. Pending and posted look the same but for the colour of the text, so nothing moves between them. */
export function MessageRow({ entry, isContinued, isMarked, store }: MessageRowProps) {
  const { message, state } = entry;
  const words = useCatalog().chat.timeline;
  const author = usePerson(message.author);
  const active = useActive();
  const isEditing = useIsEditing(store, message);
  const text = <MessageText message={message} isPending={state === "pending"} />;
  return (
    <article
      data-testid="message"
      data-message-id={message.id}
      data-seq={message.seq}
      data-state={state}
      data-continued={isContinued || undefined}
      data-marked={isMarked || undefined}
      tabIndex={-1}
      {...active.handlers}
      className="relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-4 pt-1.75 pb-0.75 -outline-offset-2 hover:bg-hover focus-within:bg-hover data-continued:pt-px data-marked:bg-celadon-tint md:px-5 in-data-[density=compact]:py-px"
    >
      <Gutter
        message={message}
        name={author?.name ?? words.unknown}
        isContinued={isContinued}
        isActive={active.isActive}
      />
      <div className="max-w-[74ch] min-w-0 md:pe-18">
        {!isContinued && <Head author={author} message={message} />}
        {isEditing ? (
          <LateEditor message={message} store={store}>
            {text}
          </LateEditor>
        ) : (
          text
        )}
        {state === "failed" && <FailedNote entry={entry} store={store} />}
      </div>
      {active.isActive && state === "posted" && !isEditing && <MessageTools message={message} store={store} />}
    </article>
  );
}

function Gutter({ message, name, isContinued, isActive }: GutterProps) {
  if (!isContinued) return <Avatar name={name} className="mt-0.5" />;
  return (
    <span className="-mx-3 h-5 text-center leading-6">{isActive && <MessageTime message={message} isShort />} </span>
  );
}

function Head({ author, message }: { author: Person | undefined; message: Entry["message"] }) {
  const words = useCatalog().chat.timeline;
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <span className="truncate font-semibold">{author?.name ?? words.unknown}</span>
      {author?.kind === "bot" && <Badge>{words.bot}</Badge>}
      {author?.title && <span className="min-w-0 truncate text-tiny text-ink-soft max-sm:hidden">{author.title}</span>}
      <MessageTime message={message} />{" "}
    </div>
  );
}

/** What was typed over a message that was deleted meanwhile stays to be seen. */
function useIsEditing({ editing }: RoomStore, { id, deletedAt }: Entry["message"]): boolean {
  const isThis = () => editing.get() === id && (!deletedAt || editing.text(id) !== "");
  return useSyncExternalStore(editing.subscribe, isThis, isThis);
}

/** Whether the row's tools are shown: while the mouse is over it or something in it has the focus (a tap gives it the focus). */
function useActive() {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  return {
    isActive: isHovered || isFocused,
    handlers: {
      onPointerEnter: (event: React.PointerEvent) => event.pointerType === "mouse" && setHovered(true),
      onPointerLeave: () => setHovered(false),
      onFocus: () => setFocused(true),
      onBlur: (event: React.FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      },
    },
  };
}
