"use client";

import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Room } from "#lib/chat/room.ts";
import type { RoomSnapshot } from "#lib/client/chat-client.ts";

/** What stands above the first message: how the room begins, or the shape of older messages that are on their way. */
export function TimelineHead({ room, snapshot }: { room: Room | undefined; snapshot: RoomSnapshot }) {
  const words = useCatalog().chat.room;
  const isEmpty = snapshot.entries.length === 0;
  if (snapshot.more.before || (isEmpty && !snapshot.live && room?.countable !== 0))
    return <Loading rows={isEmpty ? 6 : 2} />;
  return (
    <div className="px-4 pt-10 pb-4 md:px-5">
      <Mark className="mb-3 size-10 text-celadon" />
      <p className="text-large font-bold tracking-tight">{words.beginning(room?.name ?? "")}</p>
      {room?.topic && <p className="max-w-[74ch] text-ink-soft">{room.topic}</p>}
      {isEmpty && <p className="text-ink-soft">{room?.mayPost ? words.empty : words.emptyForReaders}</p>}
    </div>
  );
}

function Loading({ rows }: { rows: number }) {
  const words = useCatalog().chat.timeline;
  return (
    <div role="status" className="flex flex-col gap-5 px-4 py-4 md:px-5">
      <span className="sr-only">{words.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing have nothing else
        <div key={row} className="grid grid-cols-[2.25rem_1fr] gap-x-3">
          <Skeleton className="size-9 rounded-lg" />
          <div className="flex flex-col gap-2 py-1">
            <Skeleton className="h-3 w-28" />
            <Skeleton className="h-3 w-3/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
