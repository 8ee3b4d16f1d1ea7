"use client";

import { useTimes } from "#components/connection/times.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { Message } from "#lib/chat/message.ts";

/** When it was written; the exact moment as its title. */
export function MessageTime({ message, isShort = false }: { message: Message; isShort?: boolean }) {
  const times = useTimes();
  return (
    <time
      dateTime={message.createdAt}
      title={times.exact(message.createdAt)}
      className={classNames("shrink-0 text-ink-soft tabular-nums", isShort ? "text-[0.6875rem]" : "text-tiny")}
    >
      {isShort ? times.short(message.createdAt) : times.clock(message.createdAt)}
    </time>
  );
}
