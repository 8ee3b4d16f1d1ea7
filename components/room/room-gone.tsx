"use client";

import { ConnectionLine } from "#components/connection/connection-line.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { Button } from "#components/ui/button.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { PaneNotice } from "./pane-notice.tsx";

/** A room that does not exist, or was taken away, or was never for this person: the same words for all of them. */
export function RoomGone() {
  const words = useCatalog().chat.room;
  const { openList } = useNavigation();
  return (
    <section className="flex h-full min-h-0 flex-col">
      <PaneNotice title={words.goneTitle} hint={words.goneHint}>
        <Button onClick={openList}>{words.goneBack}</Button>
      </PaneNotice>
      <div className="flex h-8 shrink-0 items-center px-5">
        <ConnectionLine />
      </div>
    </section>
  );
}
