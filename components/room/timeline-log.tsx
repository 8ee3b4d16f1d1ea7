"use client";

import { type RefObject, useMemo, useSyncExternalStore } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";
import type { Entry, RoomSnapshot, RoomStore } from "#lib/client/chat-client.ts";
import { EntryRow } from "./entry-row.tsx";
import { indexAfter } from "./index-after.ts";
import { moveBetweenRows } from "./row-keys.ts";
import { TimelineHead } from "./timeline-head.tsx";
import { useKeptSizes } from "./use-kept-sizes.ts";
import type { Rows } from "./use-rows.ts";
import type { TimelineScroll } from "./use-timeline-scroll.ts";

interface TimelineLogProps {
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLDivElement | null>;
  rows: Rows;
  store: RoomStore;
  room: Room | undefined;
  snapshot: RoomSnapshot;
  scroll: TimelineScroll;
  /** Index of the first unread entry. */
  divider: number | undefined;
  /** seq of the message a permalink names. */
  marked: number | undefined;
}

// Every row of the first page is in the server's HTML. virtua draws this many until the first scroll, so it must cover what arrives before.
const RENDERED_ROWS = 1_000;

/** Pixels drawn beyond what is in sight: a turn of the wheel must not show an empty place before the next frame. */
const AHEAD = 600;

/** What was said, as a virtual list: however long it is, only what is in sight is in the document. */
export function TimelineLog({
  list,
  scroller,
  rows,
  store,
  room,
  snapshot,
  scroll,
  divider,
  marked,
}: TimelineLogProps) {
  const words = useCatalog().chat.timeline;
  const { entries, shift, generation } = rows;
  const sizes = useKeptSizes(store.id, list, entries, generation);
  const served = useServed(entries, marked, divider);
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
      <Virtualizer
        key={generation}
        ref={list}
        data={useData(entries)}
        shift={shift}
        ssrCount={served?.rows}
        cache={sizes}
        bufferSize={AHEAD}
        onScroll={scroll.onScroll}
        onScrollEnd={scroll.onScrollEnd}
        onResize={scroll.following.onResize}
      >
        {(entry, index) =>
          entry ? (
            <EntryRow
              key={entry.key}
              entry={entry}
              before={entries[index - 2]}
              isFirstUnread={divider === index - 1}
              isMarked={marked !== undefined && entry.message.seq === marked}
              isStart={index - 1 === served?.start}
              store={store}
            />
          ) : (
            <TimelineHead key="head" room={room} snapshot={snapshot} />
          )
        }
      </Virtualizer>
    </div>
  );
}

/** On the server, and until its HTML is hydrated: how many rows there are in it, and the index of the entry that styles alone scroll it to. */
function useServed(entries: readonly Entry[], marked: number | undefined, divider: number | undefined) {
  const isServed = useSyncExternalStore(never, no, yes);
  if (!isServed) return undefined;
  const start = marked === undefined ? divider : indexAfter(entries, marked) - 1;
  return { rows: RENDERED_ROWS, start: start ?? entries.length - 1 };
}

const never = () => () => {};
const no = () => false;
const yes = () => true;

/** The list's first row is its head (null): the beginning of the room, or that older messages are on their way. */
function useData(entries: readonly Entry[]): readonly (Entry | null)[] {
  return useMemo(() => [null, ...entries], [entries]);
}
