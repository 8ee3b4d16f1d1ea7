"use client";

import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useInbox, useMe, usePlace } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { DialogOpener, whatOpenedIt } from "#components/ui/dialog-opener.ts";
import { lateDialog } from "#components/ui/late-dialog.tsx";
import type { Room } from "#lib/chat/room.ts";
import { type DialogName, type Dialogs, DialogsContext } from "./use-dialogs.ts";

const QuickSwitcher = lateDialog(() => import("./quick-switcher.tsx").then((file) => file.QuickSwitcher));
const KeyboardList = lateDialog(() => import("./keyboard-list.tsx").then((file) => file.KeyboardList));
const InviteDialog = lateDialog(() =>
  import("#components/dialogs/invite-dialog.tsx").then((file) => file.InviteDialog),
);
const BrowseRoomsDialog = lateDialog(() =>
  import("#components/dialogs/browse-rooms-dialog.tsx").then((file) => file.BrowseRoomsDialog),
);
const CreateRoomDialog = lateDialog(() =>
  import("#components/dialogs/create-room-dialog.tsx").then((file) => file.CreateRoomDialog),
);
const RoomSettingsDialog = lateDialog(() =>
  import("#components/dialogs/room-settings-dialog.tsx").then((file) => file.RoomSettingsDialog),
);

const SetPasswordDialog = lateDialog(() =>
  import("#components/dialogs/set-password-dialog.tsx").then((file) => file.SetPasswordDialog),
);
const SuspendDialog = lateDialog(() =>
  import("#components/dialogs/suspend-dialog.tsx").then((file) => file.SuspendDialog),
);
const DeleteDialog = lateDialog(() => import("#components/room/delete-dialog.tsx").then((file) => file.DeleteDialog));
const LeaveDialog = lateDialog(() => import("#components/room/leave-dialog.tsx").then((file) => file.LeaveDialog));

/** Whatever opens over the rooms, one at a time. */
export function DialogsProvider({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<DialogName>();
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  const close = useCallback(() => setDialog(undefined), []);
  const dialogs = useMemo<Dialogs>(
    () => ({
      show(wanted) {
        // Now: until its code is there, the menu it was chosen from is gone, and the focus somewhere else.
        setOpener(whatOpenedIt());
        setDialog(wanted);
      },
    }),
    [],
  );
  return (
    <DialogsContext value={dialogs}>
      {children}
      <DialogOpener value={opener}>
        {dialog !== undefined && <OpenDialog dialog={dialog} onClose={close} />}
      </DialogOpener>
    </DialogsContext>
  );
}

function OpenDialog({ dialog, onClose }: { dialog: DialogName; onClose: () => void }) {
  const { openRoom } = useNavigation();
  const { addresses } = usePlace();
  const open = (room: { id: string }) => {
    onClose();
    openRoom(room.id);
  };
  const props = { open: true, onOpenChange: (stays: boolean) => stays || onClose() };
  if (typeof dialog === "object" && "deleting" in dialog) return <DeleteDialog {...props} message={dialog.deleting} />;
  if (typeof dialog === "object") return <AboutOne {...props} about={dialog} />;
  if (dialog === "switcher") return <QuickSwitcher {...props} onChoose={open} />;
  if (dialog === "keyboard") return <KeyboardList {...props} />;
  if (dialog === "invite") return <InviteDialog {...props} addresses={addresses} />;
  if (dialog === "browse") return <OpenBrowser {...props} onOpenRoom={open} />;
  return <CreateRoomDialog {...props} onCreated={open} />;
}

interface OpenProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** About one room, or one person. */
function AboutOne({
  about,
  ...props
}: OpenProps & { about: Exclude<Extract<DialogName, object>, { deleting: unknown }> }) {
  const { rooms, people } = useInbox((inbox) => inbox);
  const id = Object.values(about)[0] as string;
  const [room, person] = [rooms.get(id), people.get(id)];
  if (person && "passwordOf" in about) return <SetPasswordDialog {...props} person={person} />;
  if (person && "suspending" in about) return <SuspendDialog {...props} person={person} />;
  if (room && "leaving" in about) return <LeaveDialog {...props} room={room} />;
  // Taken away while it was open: there is nothing left to settle.
  if (!room?.mayManage || !("settingsOf" in about)) return null;
  return <RoomSettingsDialog {...props} room={room} people={people} pane={about.pane} />;
}

function OpenBrowser(props: OpenProps & { onOpenRoom: (room: Room) => void }) {
  const rooms = useInbox((inbox) => inbox.rooms);
  const mayCreate = useMe().role === "admin";
  return <BrowseRoomsDialog {...props} rooms={[...rooms.values()]} mayCreate={mayCreate} />;
}
