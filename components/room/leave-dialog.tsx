"use client";

import { useNavigation } from "#components/connection/navigation.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogFooter } from "#components/ui/dialog.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";

interface LeaveDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  room: Room;
}

/** Asks before one leaves a room: coming back is not always in one's own hands. */
export function LeaveDialog({ open, onOpenChange, room }: LeaveDialogProps) {
  const words = useCatalog().chat.room;
  const { openList } = useNavigation();
  const { busy, act } = useAct();
  const leave = () =>
    act("leave", async () => {
      await callApi("POST", `/api/rooms/${room.id}/leave`);
      onOpenChange(false);
      openList();
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={words.leaveTitle(room.name)}
      description={room.kind === "open" ? words.leaveOpen : words.leaveClosed}
    >
      <DialogFooter>
        <Button variant="quiet" onClick={() => onOpenChange(false)}>
          {words.cancel}
        </Button>
        <Button variant="danger" busy={busy !== undefined} onClick={leave}>
          {words.leave}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
