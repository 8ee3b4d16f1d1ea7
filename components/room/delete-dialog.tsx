"use client";

import { useMe, usePerson } from "#components/connection/chat-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Message } from "#lib/chat/message.ts";
import { useRoomStore } from "./use-room-store.ts";

interface DeleteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  message: Message;
}

/** Asks before a message is deleted, and shows which one it is: nothing brings it back. */
export function DeleteDialog({ open, onOpenChange, message }: DeleteDialogProps) {
  const { common, chat, rooms } = useWholeCatalog();
  const words = rooms.deleting;
  const isOwn = useMe().id === message.author;
  const author = usePerson(message.author)?.name ?? chat.timeline.unknown;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={isOwn ? words.title : words.titleOf(author)}
      description={isOwn ? words.text : words.textOf}
    >
      <DialogBody>
        <blockquote className="line-clamp-4 border-s-3 border-line ps-3 wrap-anywhere whitespace-pre-wrap text-ink-soft">
          {message.text}
        </blockquote>
      </DialogBody>
      <DialogFooter>
        <Button variant="quiet" onClick={() => onOpenChange(false)}>
          {common.cancel}
        </Button>
        <Delete message={message} onDeleted={() => onOpenChange(false)} />
      </DialogFooter>
    </Dialog>
  );
}

function Delete({ message, onDeleted }: { message: Message; onDeleted: () => void }) {
  const words = useWholeCatalog().rooms.deleting;
  const store = useRoomStore(message.room, undefined);
  const { busy, act } = useAct();
  const remove = () =>
    act("delete", async () => {
      await store.delete(message);
      if (store.editing.get() === message.id) store.editing.end();
      onDeleted();
    });
  return (
    <Button variant="danger" busy={busy !== undefined} onClick={remove}>
      {words.submit}
    </Button>
  );
}
