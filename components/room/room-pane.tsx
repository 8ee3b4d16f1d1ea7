"use client";

import { useCallback, useEffect, useRef } from "react";
import { Composer } from "#components/composer/composer.tsx";
import { useReadable } from "#components/connection/use-readable.ts";
import { PeoplePanel } from "#components/people/people-panel.tsx";
import { usePeoplePanel } from "#components/people/use-people-panel.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { rememberRoom } from "./last-room.ts";
import { RoomGone } from "./room-gone.tsx";
import { RoomHeader } from "./room-header.tsx";
import type { RenderedRoom } from "./room-switch.tsx";
import { StatusRow } from "./status-row.tsx";
import { Timeline, type TimelineHandle } from "./timeline.tsx";
import { useEscape } from "./use-escape.ts";
import { useMarkRead } from "./use-mark-read.ts";
import { useRoomInfo } from "./use-room-info.ts";
import { useRoomStore } from "./use-room-store.ts";
import { useTitle } from "./use-title.ts";

interface RoomPaneProps {
  id: string;
  /** seq of the message a permalink names. */
  marked: number | undefined;
  rendered: RenderedRoom | undefined;
}

/** One room: header, timeline, composer, people. Keyed by the room, so nothing follows into another one. */
export function RoomPane({ id, marked, rendered }: RoomPaneProps) {
  const store = useRoomStore(id, rendered?.page);
  const room = useRoomInfo(id, rendered?.room);
  const { gone } = useReadable(store);
  const panel = usePeoplePanel();
  const isGone = gone || room === "gone";
  useTitle(isGone ? undefined : room?.name);
  useEffect(() => {
    if (!isGone) rememberRoom(id);
  }, [id, isGone]);
  const timeline = useRef<TimelineHandle>(null);
  const markRead = useMarkRead(room === "gone" ? undefined : room, store);
  const onEscape = useCallback(() => {
    if (giveUpEdit(store)) return;
    if (panel.isOver) panel.close();
    else if (!markRead()) timeline.current?.toLatest();
  }, [store, panel, markRead]);
  useEscape(onEscape);
  if (isGone) return <RoomGone />;
  return (
    <div className="flex h-full min-h-0">
      <section aria-label={room?.name} className="flex min-w-0 flex-1 flex-col">
        <RoomHeader room={room} panel={panel} />
        <Timeline ref={timeline} id={id} room={room} store={store} marked={marked} />
        <StatusRow store={store} />
        <Composer room={room} store={store} onEscape={onEscape} />
      </section>
      <PeoplePanel id={id} room={room} store={store} panel={panel} rendered={rendered?.members} />
    </div>
  );
}

/** False when nothing is being edited, or only what is not loaded: that comes back with its message. */
function giveUpEdit({ editing, get }: RoomStore): boolean {
  const id = editing.get();
  if (id === undefined || !get().entries.some(({ message }) => message.id === id)) return false;
  editing.end();
  return true;
}
