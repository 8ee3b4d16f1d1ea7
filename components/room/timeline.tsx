"use client";

import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { useReadable } from "#components/connection/use-readable.ts";
import type { Room } from "#lib/chat/room.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { Announcer } from "./announcer.tsx";
import { DayPill } from "./day-pill.tsx";
import { JumpButton } from "./jump-button.tsx";
import { NewBar } from "./new-bar.tsx";
import { RoomRights } from "./room-rights.ts";
import { TimelineLog } from "./timeline-log.tsx";
import { useDivider } from "./use-divider.ts";
import { useOpening } from "./use-opening.ts";
import { useOwnPosts } from "./use-own-posts.ts";
import { useRows } from "./use-rows.ts";
import { useServed } from "./use-served.ts";
import { useTimelineScroll } from "./use-timeline-scroll.ts";

/** What keys and buttons elsewhere ask of it. */
export interface TimelineHandle {
  toLatest(): void;
}

interface TimelineProps {
  ref: Ref<TimelineHandle>;
  id: string;
  room: Room | undefined;
  store: RoomStore;
  /** seq of the message to mark and begin at. */
  marked: number | undefined;
}

/** What was said in a room, and what helps to find one's way in it. */
export function Timeline({ ref, id, room, store, marked }: TimelineProps) {
  const snapshot = useReadable(store);
  const rows = useRows(snapshot.entries);
  const served = useServed();
  const { entries } = rows;
  const divider = useDivider(room, entries, !snapshot.more.before);
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const scroll = useTimelineScroll({ list, scroller, room, store, snapshot, entries });
  useOpening({ list, rows, served, marked, divider: divider?.index, following: scroll.following });
  useOwnPosts(entries, scroll.following.toEnd);
  const isPast = snapshot.more.after;
  // What a link to an old message left loaded is neither the end nor where one stopped reading.
  const [isLeftover] = useState(isPast && marked === undefined && divider === undefined);
  useEffect(() => {
    if (isLeftover) void store.jumpToLatest();
  }, [isLeftover, store]);
  const { toEnd } = scroll.following;
  const toLatest = useCallback(() => (isPast ? void store.jumpToLatest() : toEnd()), [isPast, store, toEnd]);
  useImperativeHandle(ref, () => ({ toLatest }), [toLatest]);
  const { mayPost = false, mayManage = false } = room ?? {};
  const rights = useMemo(() => ({ mayPost, mayManage }), [mayPost, mayManage]);
  return (
    <div className="relative min-h-0 flex-1">
      <DayPill entry={entries[scroll.topIndex ?? -1]} isShown={scroll.isScrolling && !scroll.following.atEnd} />
      <NewBar divider={divider} entries={entries} list={list} store={store} topIndex={scroll.topIndex} />
      <RoomRights value={rights}>
        <TimelineLog
          list={list}
          scroller={scroller}
          rows={rows}
          served={served}
          store={store}
          room={room}
          snapshot={snapshot}
          scroll={scroll}
          divider={divider?.index}
          marked={marked}
        />
      </RoomRights>
      <JumpButton atEnd={scroll.following.atEnd} isPast={isPast} room={room} entries={entries} onJump={toLatest} />
      <Announcer key={id} entries={entries} live={snapshot.live} />
    </div>
  );
}
