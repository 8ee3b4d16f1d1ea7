"use client";

import { Tabs } from "radix-ui";
import { Dialog } from "#components/ui/dialog.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Person } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { RoomMembersPane } from "./room-members-pane.tsx";
import { RoomSettingsForm } from "./room-settings-form.tsx";

interface RoomSettingsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A room with `mayManage`. */
  room: Room;
  /** Everybody of this place, from the inbox. */
  people: ReadonlyMap<string, Person>;
  /** What is shown first. */
  pane?: "general" | "members";
}

/** What a room is and who is in it, for those who manage it. */
export function RoomSettingsDialog({ open, onOpenChange, room, people, pane = "general" }: RoomSettingsDialogProps) {
  const { rooms } = useWholeCatalog();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={rooms.settings.title} description={room.name} wide>
      <Tabs.Root defaultValue={pane} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List className="flex gap-5 border-b border-line px-5 sm:px-6">
          <Tabs.Trigger value="general" className={TAB}>
            {rooms.settings.general}
          </Tabs.Trigger>
          <Tabs.Trigger value="members" className={TAB}>
            {rooms.settings.members}
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="general" className="flex min-h-0 flex-1 flex-col outline-none">
          <RoomSettingsForm room={room} onDone={() => onOpenChange(false)} />
        </Tabs.Content>
        <Tabs.Content value="members" className="flex min-h-0 flex-1 flex-col outline-none">
          <RoomMembersPane room={room} people={people} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}

const TAB =
  "-mb-px min-h-10 rounded-t-sm border-b-2 border-transparent px-0.5 font-semibold text-ink-soft hover:text-ink data-[state=active]:border-celadon data-[state=active]:text-ink";
