"use client";

import { ArrowDown } from "lucide-react";
import { useState } from "react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { unreadOf } from "#components/sidebar/room-order.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";
import type { Entry } from "#lib/client/chat-client.ts";
import { indexAfter } from "./index-after.ts";

interface JumpButtonProps {
  /** The end of what is loaded is in sight. */
  atEnd: boolean;
  /** Newer messages exist that are not loaded. */
  isPast: boolean;
  room: Room | undefined;
  entries: readonly Entry[];
  onJump: () => void;
}

/** Back to the latest message, with how many came since one went up. */
export function JumpButton({ atEnd, isPast, room, entries, onJump }: JumpButtonProps) {
  const words = useCatalog().chat.timeline;
  const count = useMissed(atEnd, isPast, room, entries);
  if (atEnd && !isPast) return null;
  return (
    <button
      type="button"
      onClick={onJump}
      className="absolute end-4 bottom-3 z-10 flex h-9 animate-rise items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-small font-semibold text-ink shadow-float hover:bg-hover max-sm:h-11 md:end-6"
    >
      {count > 0 ? <span className="text-celadon">{words.jumpNew(count)}</span> : words.jump}
      <ArrowDown size={16} aria-hidden="true" className="text-ink-soft" />
    </button>
  );
}

/** How many messages of others came after the last one that was in sight. */
function useMissed(atEnd: boolean, isPast: boolean, room: Room | undefined, entries: readonly Entry[]): number {
  const me = useMe().id;
  const last = entries.findLast(({ state }) => state === "posted")?.message.seq ?? 0;
  const [seen, setSeen] = useState(last);
  if ((atEnd || seen === 0) && seen !== last) setSeen(last);
  if (isPast) return room ? unreadOf(room) : 0;
  let count = 0;
  for (const { state, message } of entries.slice(indexAfter(entries, seen)))
    if (state === "posted" && message.author !== me) count += 1;
  return count;
}
