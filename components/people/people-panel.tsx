"use client";

import { UserPlus, X } from "lucide-react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useReadable } from "#components/connection/use-readable.ts";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { Button } from "#components/ui/button.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Room, RoomMember } from "#lib/chat/room.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { PeopleList } from "./people-list.tsx";
import { useMembers } from "./use-members.ts";
import type { PeoplePanelState } from "./use-people-panel.ts";

interface PeoplePanelProps {
  id: string;
  room: Room | undefined;
  store: RoomStore;
  panel: PeoplePanelState;
  rendered: RoomMember[] | undefined;
}

/** Who is in the room: a column on wide screens, over the room on narrower ones, a pane of its own on phones. */
export function PeoplePanel({ panel, ...rest }: PeoplePanelProps) {
  const words = useCatalog().chat.people;
  if (panel.isOpen === false) return null;
  return (
    <aside
      aria-label={words.title}
      data-open={panel.isOpen}
      className="absolute inset-0 z-30 hidden flex-col bg-paper data-open:flex md:start-auto md:w-74 md:border-s md:border-line md:shadow-dialog xl:static xl:flex xl:shrink-0 xl:shadow-none"
    >
      <OpenPanel close={panel.close} {...rest} />
    </aside>
  );
}

function OpenPanel({ id, room, store, rendered, close }: Omit<PeoplePanelProps, "panel"> & { close: () => void }) {
  const words = useCatalog().chat.people;
  const { show } = useDialogs();
  const { online, membersAsOf } = useReadable(store);
  const { members: asked, hasFailed, reload } = useMembers(id, membersAsOf, rendered);
  const me = useMe().id;
  // One has left before the list says so.
  const members = room?.joined === false ? asked?.filter(({ user }) => user !== me) : asked;
  return (
    <>
      <header className="flex h-14.5 shrink-0 items-center gap-2 ps-5 pe-2.5">
        <h2 className="min-w-0 flex-1 truncate font-bold">{members ? words.count(members.length) : words.title}</h2>
        <IconButton label={words.close} side="bottom" onClick={close}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-[max(1rem,env(safe-area-inset-bottom))]">
        {room?.mayManage && room.kind === "members" && (
          <Button
            variant="quiet"
            size="small"
            className="ms-1 mb-1"
            onClick={() => show({ settingsOf: room.id, pane: "members" })}
          >
            <UserPlus size={17} aria-hidden="true" />
            {words.add}
          </Button>
        )}
        {members && <PeopleList room={room} members={members} online={online} onChanged={reload} />}
        {!members && <p className="px-3 py-2 text-small text-ink-soft">{hasFailed ? words.failed : words.loading}</p>}
        {!members && hasFailed && (
          <Button size="small" className="ms-3" onClick={reload}>
            {words.retry}
          </Button>
        )}
      </div>
    </>
  );
}
