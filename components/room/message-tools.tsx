"use client";

import { Copy, Link2, Pencil, Trash2 } from "lucide-react";
import { type MouseEvent, type ReactNode, useContext } from "react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { roomPath } from "#components/connection/room-path.ts";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { copyText } from "#components/ui/copy-text.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { notify } from "#components/ui/notify.ts";
import type { Message } from "#lib/chat/message.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { RoomRights } from "./room-rights.ts";

/** What one can do with a message: in the space beside the text with a mouse, under it on touch, so that it never covers any. */
export function MessageTools({ message, store }: { message: Message; store: RoomStore }) {
  const words = useCatalog().chat.timeline;
  const copy = async (text: string, near: HTMLElement) => {
    const copied = await copyText(text, near);
    if (copied) notify(words.copied);
    else notify(words.copyFailed, "error");
  };
  return (
    <div
      role="toolbar"
      aria-label={words.tools}
      className="absolute end-4 -top-3 z-10 flex rounded-lg border border-line bg-raised p-0.5 shadow-float pointer-coarse:static pointer-coarse:col-start-2 pointer-coarse:my-1 pointer-coarse:justify-self-start pointer-coarse:shadow-none md:end-5"
    >
      {message.text !== "" && (
        <Tool label={words.copyText} onClick={(event) => copy(message.text, event.currentTarget)}>
          <Copy size={16} aria-hidden="true" />
        </Tool>
      )}
      <Tool label={words.copyLink} onClick={(event) => copy(linkTo(message), event.currentTarget)}>
        <Link2 size={17} aria-hidden="true" />
      </Tool>
      {!message.deletedAt && <ChangingTools message={message} store={store} />}
    </div>
  );
}

/** For one's own messages, and to delete others' for whoever leads the room. */
function ChangingTools({ message, store }: { message: Message; store: RoomStore }) {
  const words = useCatalog().chat.timeline;
  const { show } = useDialogs();
  const { mayPost, mayManage } = useContext(RoomRights);
  const isOwn = useMe().id === message.author;
  return (
    <>
      {isOwn && mayPost && (
        <Tool label={words.edit} onClick={() => store.editing.begin(message.id)}>
          <Pencil size={16} aria-hidden="true" />
        </Tool>
      )}
      {(isOwn || mayManage) && (
        <Tool label={words.delete} onClick={() => show({ deleting: message })}>
          <Trash2 size={16} aria-hidden="true" />
        </Tool>
      )}
    </>
  );
}

interface ToolProps {
  label: string;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  children: ReactNode;
}

function Tool({ label, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid h-7 w-7.5 place-items-center rounded-md text-ink-soft hover:bg-hover hover:text-ink pointer-coarse:size-11"
    >
      {children}
    </button>
  );
}

function linkTo({ room, seq }: Message): string {
  return new URL(roomPath(room, seq), window.location.href).href;
}
