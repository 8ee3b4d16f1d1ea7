"use client";

import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";
import { checkRoom, wordRoomRefusal } from "./check-room.ts";
import { RoomFields } from "./room-fields.tsx";

interface CreateRoomDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (room: Room) => void;
}

export function CreateRoomDialog({ open, onOpenChange, onCreated }: CreateRoomDialogProps) {
  const { rooms } = useWholeCatalog();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={rooms.create.title}>
      <CreateRoomForm onCancel={() => onOpenChange(false)} onCreated={onCreated} />
    </Dialog>
  );
}

function CreateRoomForm({ onCancel, onCreated }: { onCancel: () => void; onCreated: (room: Room) => void }) {
  const catalog = useWholeCatalog();
  const form = useForm({
    check: (values) => checkRoom(catalog, values),
    send: async (values) => onCreated(await callApi<Room>("POST", "/api/rooms", values)),
    word: (refusal) => wordRoomRefusal(catalog, refusal),
  });
  return (
    <form {...form.props} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <RoomFields errors={form.errors} />
        <FormError>{form.errors.form}</FormError>
      </DialogBody>
      <DialogFooter>
        <Button variant="quiet" onClick={onCancel}>
          {catalog.common.cancel}
        </Button>
        <Button {...form.submit} variant="primary">
          {catalog.rooms.create.submit}
        </Button>
      </DialogFooter>
    </form>
  );
}
