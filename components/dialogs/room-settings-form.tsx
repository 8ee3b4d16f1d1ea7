"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { DialogBody, DialogFooter } from "#components/ui/dialog.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { notify } from "#components/ui/notify.ts";
import { Switch } from "#components/ui/switch.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";
import { checkRoom, wordRoomRefusal } from "./check-room.ts";
import { RoomFields } from "./room-fields.tsx";

/** Name, topic, who may enter and post, archive. Sends only what was changed, so it never undoes somebody else's change. */
export function RoomSettingsForm({ room, onDone }: { room: Room; onDone: () => void }) {
  const catalog = useWholeCatalog();
  const { rooms, common } = catalog;
  const [before] = useState(room);
  const [archived, setArchived] = useState(room.archived);
  const form = useForm({
    check: (values) => checkRoom(catalog, values),
    send: async (values) => {
      const changes = changed(before, { ...values, archived });
      if (Object.keys(changes).length > 0) await callApi("PATCH", `/api/rooms/${room.id}`, changes);
      notify(rooms.settings.saved);
      onDone();
    },
    word: (refusal) => wordRoomRefusal(catalog, refusal),
  });
  return (
    <form {...form.props} className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="pt-4">
        <RoomFields room={before} errors={form.errors} />
        <div className="mt-4 border-t border-line pt-3">
          <Switch label={rooms.archived} hint={rooms.archivedHint} checked={archived} onCheckedChange={setArchived} />
        </div>
        <FormError>{form.errors.form}</FormError>
      </DialogBody>
      <DialogFooter>
        <Button variant="quiet" onClick={onDone}>
          {common.cancel}
        </Button>
        <Button {...form.submit} variant="primary">
          {common.save}
        </Button>
      </DialogFooter>
    </form>
  );
}

function changed(room: Room, values: Record<string, string | boolean>): Record<string, string | boolean> {
  return Object.fromEntries(
    Object.entries(values).filter(([field, value]) => field in room && room[field as keyof Room] !== value),
  );
}
