"use client";

import { ArrowUp, X } from "lucide-react";
import { type RefObject, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { useTimes } from "#components/connection/times.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Entry, RoomStore } from "#lib/client/chat-client.ts";
import type { Divider } from "./use-divider.ts";

interface NewBarProps {
  divider: Divider | undefined;
  entries: readonly Entry[];
  list: RefObject<VirtualizerHandle | null>;
  store: RoomStore;
  topIndex: number | undefined;
}

/** "새 메시지 12개 · 10:41부터", while the first unread message is above what one sees. */
export function NewBar({ divider, entries, list, store, topIndex }: NewBarProps) {
  const words = useCatalog().chat.timeline;
  const times = useTimes();
  const [dismissed, setDismissed] = useState<string>();
  const first = entries[divider?.index ?? 0];
  if (!divider || !first || first.key === dismissed) return null;
  const isAbove = divider.index === undefined || (topIndex !== undefined && divider.index < topIndex);
  if (!isAbove) return null;
  const jump = () => {
    if (divider.index === undefined) void store.loadBefore();
    list.current?.scrollToIndex((divider.index ?? 0) + 1, { align: "start", offset: -56 });
  };
  return (
    <div className="absolute inset-x-3 top-2 z-20 flex animate-rise items-center rounded-lg border border-line bg-raised shadow-float md:inset-x-5">
      <button
        type="button"
        onClick={jump}
        className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-s-lg px-3 text-small font-semibold text-celadon hover:bg-hover max-sm:h-11"
      >
        <ArrowUp size={16} aria-hidden="true" />
        <span className="truncate">{words.newBar(divider.count, times.clock(first.message.createdAt))}</span>
      </button>
      <button
        type="button"
        aria-label={words.dismiss}
        onClick={() => setDismissed(first.key)}
        className="grid size-9 place-items-center rounded-e-lg text-ink-soft hover:bg-hover hover:text-ink max-sm:size-11"
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
