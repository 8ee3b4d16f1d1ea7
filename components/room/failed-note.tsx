"use client";

import { CircleAlert } from "lucide-react";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Entry, RoomStore } from "#lib/client/chat-client.ts";

/** Why a message did not go out, and what one can do about it. */
export function FailedNote({ entry, store }: { entry: Entry; store: RoomStore }) {
  const { chat, refusals } = useCatalog();
  const words = chat.timeline;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 text-small text-danger">
      <span className="flex items-center gap-1.5">
        <CircleAlert size={15} aria-hidden="true" className="shrink-0" />
        {words.failed} {entry.reason && refusals[entry.reason]}
      </span>
      <span className="flex gap-3 text-ink">
        <button type="button" className={ACT} onClick={() => store.retry(entry.key)}>
          {words.retry}
        </button>
        <button type="button" className={ACT} onClick={() => store.discard(entry.key)}>
          {words.discard}
        </button>
      </span>
    </div>
  );
}

const ACT = "min-h-6 rounded-sm font-semibold underline underline-offset-4 max-sm:min-h-11";
