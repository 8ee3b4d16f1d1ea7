"use client";

import { usePerson, useRoom } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { roomPath } from "#components/connection/room-path.ts";
import { useTimes } from "#components/connection/times.tsx";
import { Segments } from "#components/room/segments.tsx";
import { isPlainClick } from "#components/sidebar/is-plain-click.ts";
import { RoomIcon } from "#components/sidebar/room-icon.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Message } from "#lib/chat/message.ts";
import { excerpt } from "#lib/text/excerpt.ts";
import { markSegments } from "#lib/text/mark-segments.ts";
import { segments } from "#lib/text/segments.ts";

/** One message that was found. All of it leads to its place in the room; links in its text lead where they lead. */
export function SearchHit({ message, keys }: { message: Message; keys: readonly string[] }) {
  const catalog = useWholeCatalog();
  const times = useTimes();
  const author = usePerson(message.author);
  const name = author?.name ?? catalog.chat.timeline.unknown;
  return (
    <li
      data-testid="search-hit"
      data-seq={message.seq}
      className="relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 rounded-xl border border-line px-3.5 py-3 hover:bg-hover"
    >
      <Avatar name={name} className="mt-0.5" />
      <div className="min-w-0">
        <Where room={message.room} seq={message.seq}>
          <time dateTime={message.createdAt} title={times.exact(message.createdAt)} className="tabular-nums">
            {`${times.day(message.createdAt)} ${times.clock(message.createdAt)}`}
          </time>
        </Where>
        <p className="truncate font-semibold">{name}</p>
        <div className="whitespace-pre-wrap wrap-anywhere [&_a]:relative [&_a]:z-1 [&_pre]:relative [&_pre]:z-1">
          <Segments segments={markSegments(segments(excerpt(message.text, keys)), keys)} />
        </div>
      </div>
    </li>
  );
}

function Where({ room: id, seq, children }: { room: string; seq: number; children: React.ReactNode }) {
  const { unknownRoom } = useWholeCatalog().search;
  const room = useRoom(id);
  const { openMessage } = useNavigation();
  return (
    <a
      href={roomPath(id, seq)}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        openMessage(id, seq);
      }}
      className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-tiny text-ink-soft after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-celadon"
    >
      {room && <RoomIcon room={room} size={14} />}
      <span className="max-w-full truncate font-semibold">{room?.name ?? unknownRoom}</span>
      <span aria-hidden="true">·</span>
      {children}
    </a>
  );
}
