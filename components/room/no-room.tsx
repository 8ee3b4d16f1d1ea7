"use client";

import { useEffect } from "react";
import { useInbox } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { useMedia } from "#components/connection/use-media.ts";
import { orderRooms } from "#components/sidebar/room-order.ts";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { Button } from "#components/ui/button.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { lastRoom } from "./last-room.ts";
import { PaneNotice } from "./pane-notice.tsx";

/** The list of rooms alone: all there is on phones. Wide screens go on to the room one was in last. */
export function NoRoom() {
  const words = useCatalog().chat.room;
  const { show } = useDialogs();
  const { replaceRoom } = useNavigation();
  const rooms = useInbox((inbox) => inbox.rooms);
  const isWide = useMedia("(width >= 48rem)");
  const { active } = orderRooms(rooms.values());
  const last = lastRoom();
  const next = active.find(({ id }) => id === last) ?? active[0];
  useEffect(() => {
    if (isWide && next) replaceRoom(next.id);
  }, [isWide, next, replaceRoom]);
  return (
    <section className="flex h-full min-h-0 flex-col">
      {active.length > 0 ? (
        <PaneNotice title={words.choose} hint={words.chooseHint} />
      ) : (
        <PaneNotice title={words.noRooms} hint={words.noRoomsHint}>
          <Button variant="primary" onClick={() => show("browse")}>
            {words.browse}
          </Button>
        </PaneNotice>
      )}
    </section>
  );
}
