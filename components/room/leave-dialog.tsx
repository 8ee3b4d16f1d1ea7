"use client";

import { useInbox, useMe } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { useReadable } from "#components/connection/use-readable.ts";
import { isLastAdmin } from "#components/people/is-last-admin.ts";
import { useMembers } from "#components/people/use-members.ts";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogFooter } from "#components/ui/dialog.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";
import { useRoomStore } from "./use-room-store.ts";

interface LeaveDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  room: Room;
}

/** Asks before one leaves a room: coming back is not always in one's own hands. The last who is in charge learns what to do first. */
export function LeaveDialog({ open, onOpenChange, room }: LeaveDialogProps) {
  const { chat, rooms } = useWholeCatalog();
  const words = chat.room;
  const { isLast, isKnown } = useIsLast(room);
  const text = room.kind === "open" ? words.leaveOpen : words.leaveClosed;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={words.leaveTitle(room.name)}
      description={isLast ? rooms.leaving.last : text}
    >
      <DialogFooter>
        <Button variant="quiet" onClick={() => onOpenChange(false)}>
          {words.cancel}
        </Button>
        {isLast ? (
          <ChooseAdmin room={room} />
        ) : (
          <Leave room={room} isReady={isKnown} onLeft={() => onOpenChange(false)} />
        )}
      </DialogFooter>
    </Dialog>
  );
}

function ChooseAdmin({ room }: { room: Room }) {
  const words = useWholeCatalog().rooms.leaving;
  const { show } = useDialogs();
  return (
    <Button variant="primary" onClick={() => show({ settingsOf: room.id, pane: "members" })}>
      {words.chooseAdmin}
    </Button>
  );
}

function Leave({ room, isReady, onLeft }: { room: Room; isReady: boolean; onLeft: () => void }) {
  const words = useWholeCatalog().chat.room;
  const { openList } = useNavigation();
  const { busy, act } = useAct();
  const leave = () =>
    act("leave", async () => {
      await callApi("POST", `/api/rooms/${room.id}/leave`);
      onLeft();
      openList();
    });
  return (
    <Button variant="danger" disabled={!isReady} busy={busy !== undefined} onClick={leave}>
      {words.leave}
    </Button>
  );
}

/** Whether nobody would be in charge of the room without oneself; for whoever does not manage it that is no question. */
function useIsLast(room: Room): { isLast: boolean; isKnown: boolean } {
  const me = useMe().id;
  const people = useInbox((inbox) => inbox.people);
  const { membersAsOf } = useReadable(useRoomStore(room.id, undefined));
  const { members, hasFailed } = useMembers(room.id, membersAsOf);
  const isLast = members !== undefined && isLastAdmin({ room, members, people, user: me });
  return { isLast, isKnown: members !== undefined || hasFailed || !room.mayManage };
}
