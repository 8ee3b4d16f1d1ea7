"use client";

import { memo } from "react";
import { useTimes } from "#components/connection/times.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Entry, RoomStore } from "#lib/client/chat-client.ts";
import { isGrouped } from "#lib/text/grouping.ts";
import { MessageRow } from "./message-row.tsx";

interface EntryRowProps {
  entry: Entry;
  /** The one above it; undefined for the first that is loaded. */
  before: Entry | undefined;
  isFirstUnread: boolean;
  isMarked: boolean;
  /** Where the server's HTML is scrolled to by styles alone. */
  isStart: boolean;
  store: RoomStore;
}

/** One row of the list: the day and the unread line where they begin, and the message. */
export const EntryRow = memo(function EntryRow({ entry, before, isFirstUnread, isStart, ...rest }: EntryRowProps) {
  const times = useTimes();
  const day = times.day(entry.message.createdAt);
  const isNewDay = before === undefined || times.day(before.message.createdAt) !== day;
  const isContinued = !isNewDay && !isFirstUnread && isGrouped(before.message, entry.message);
  return (
    <div className="relative">
      {isStart && <Start isMarked={rest.isMarked} />}
      {isNewDay && <DayLine day={day} />}
      {isFirstUnread && <UnreadDivider />}
      <MessageRow entry={entry} isContinued={isContinued} {...rest} />
    </div>
  );
});

/** Scrolled to by styles alone, so that its row stands below the bar at the top, or about in the middle: a scroll-margin does not count here. */
function Start({ isMarked }: { isMarked: boolean }) {
  return (
    <span
      className={classNames("absolute size-px [scroll-initial-target:nearest]", isMarked ? "-top-[38dvh]" : "-top-14")}
    />
  );
}

function DayLine({ day }: { day: string }) {
  return (
    <div className="flex items-center gap-3.5 px-4 pt-5 pb-2 text-tiny font-semibold text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line md:px-5">
      {day}
    </div>
  );
}

function UnreadDivider() {
  const words = useCatalog().chat.timeline;
  return (
    <div
      data-testid="unread-divider"
      className="flex items-center gap-3 px-4 pt-2.5 pb-1.5 text-tiny font-bold text-persimmon before:h-px before:flex-1 before:bg-persimmon md:px-5"
    >
      {words.unreadFrom}
    </div>
  );
}
