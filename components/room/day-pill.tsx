"use client";

import { useTimes } from "#components/connection/times.tsx";
import type { Entry } from "#lib/client/chat-client.ts";

/** The day of what stands at the top, over the timeline while one scrolls. For others the day lines say it. */
export function DayPill({ entry, isShown }: { entry: Entry | undefined; isShown: boolean }) {
  const times = useTimes();
  if (!entry) return null;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
      <span
        data-shown={isShown || undefined}
        className="rounded-full border border-line bg-raised px-3 py-0.5 text-tiny font-semibold text-ink-soft opacity-0 shadow-float transition-opacity delay-700 data-shown:opacity-100 data-shown:delay-0"
      >
        {times.day(entry.message.createdAt)}
      </span>
    </div>
  );
}
