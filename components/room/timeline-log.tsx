"use client";

import { type RefObject, useEffect, useMemo, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useReadable } from "#components/connection/use-readable.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";
import type { Entry, RoomSnapshot, RoomStore } from "#lib/client/chat-client.ts";
import { EntryRow } from "./entry-row.tsx";
import { indexAfter } from "./index-after.ts";
import { moveBetweenRows } from "./row-keys.ts";
import { ServedRows } from "./served-rows.tsx";
import { TimelineHead } from "./timeline-head.tsx";
import { useKeptSizes } from "./use-kept-sizes.ts";
import type { Rows } from "./use-rows.ts";
import type { Served } from "./use-served.ts";
import type { TimelineScroll } from "./use-timeline-scroll.ts";

interface TimelineLogProps {
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLDivElement | null>;
  rows: Rows;
  served: Served;
  store: RoomStore;
  room: Room | undefined;
  snapshot: RoomSnapshot;
  scroll: TimelineScroll;
  /** Index of the first unread entry. */
  divider: number | undefined;
  /** seq of the message a permalink names. */
  marked: number | undefined;
}

/** Pixels drawn beyond what is in sight: a turn of the wheel must not show an empty place before the next frame. */
const AHEAD = 600;

/** What was said, as a virtual list: however long it is, only what is in sight is in the document. */
export function TimelineLog({
  list,
  scroller,
  rows,
  served,
  store,
  room,
  snapshot,
  scroll,
  divider,
  marked,
}: TimelineLogProps) {
  const words = useCatalog().chat.timeline;
  const { entries, shift, generation } = rows;
  const { isServed } = served;
  const kept = useKeptSizes(store.id, list, entries, generation, isServed);
  const sizes = generation === 0 ? (served.sizes ?? kept) : undefined;
  const data = useData(entries);
  const edited = useEdited(store, entries, list);
  const start = marked === undefined ? divider : indexAfter(entries, marked) - 1;
  const row = rowOf({ entries, isServed, start, divider, marked, store, room, snapshot });
  return (
    <div
      ref={scroller}
      role="log"
      aria-label={words.label(room?.name ?? "")}
      // Rows come and go while scrolling; Announcer alone tells what is new.
      aria-live="off"
      data-testid="timeline"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
      tabIndex={0}
      onKeyDown={moveBetweenRows}
      className="h-full overflow-x-hidden overflow-y-auto overscroll-contain -outline-offset-2"
    >
      {isServed ? (
        <ServedRows onMeasure={served.onMeasure} atEnd={start === undefined}>
          {data.map(row)}
        </ServedRows>
      ) : (
        <Virtualizer
          key={generation}
          ref={list}
          data={data}
          shift={shift}
          cache={sizes}
          // With a cache alone it goes on waiting for something to estimate by, and draws nothing ahead until then.
          itemSize={sizes?.[1]}
          bufferSize={AHEAD}
          keepMounted={edited}
          onScroll={scroll.onScroll}
          onScrollEnd={scroll.onScrollEnd}
          onResize={scroll.onResize}
        >
          {row}
        </Virtualizer>
      )}
    </div>
  );
}

/** The list's first row is its head (null): the beginning of the room, or that older messages are on their way. */
function useData(entries: readonly Entry[]): readonly (Entry | null)[] {
  return useMemo(() => [null, ...entries], [entries]);
}

/**
 * The row that is being edited stays in the document wherever one scrolls, and with it the focus and what an input method is composing. It comes into sight when
 * its editing begins; one that was being edited when the page was left does not.
 */
function useEdited(
  { editing }: RoomStore,
  entries: readonly Entry[],
  list: TimelineLogProps["list"],
): number[] | undefined {
  const id = useReadable(editing);
  const before = useRef(id);
  const index = useMemo(() => entries.findIndex(({ message }) => message.id === id) + 1, [id, entries]);
  useEffect(() => {
    // By the list, which goes on until the rows around have been measured.
    if (before.current !== id && index > 0) list.current?.scrollToIndex(index, { align: "nearest" });
    before.current = id;
  }, [id, index, list]);
  return useMemo(() => (index > 0 ? [index] : undefined), [index]);
}

type RowsShown = Pick<TimelineLogProps, "divider" | "marked" | "store" | "room" | "snapshot"> & {
  entries: readonly Entry[];
  isServed: boolean;
  /** Index of the entry that the served page begins with; undefined: the end is in sight. */
  start: number | undefined;
};

function rowOf({ entries, isServed, start, divider, marked, store, room, snapshot }: RowsShown) {
  return (entry: Entry | null, index: number) =>
    entry ? (
      <EntryRow
        key={entry.key}
        entry={entry}
        before={entries[index - 2]}
        isFirstUnread={divider === index - 1}
        isMarked={marked !== undefined && entry.message.seq === marked}
        isStart={isServed && index - 1 === start}
        store={store}
      />
    ) : (
      <TimelineHead key="head" room={room} snapshot={snapshot} />
    );
}
