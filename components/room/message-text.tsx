"use client";

import { memo } from "react";
import { useTimes } from "#components/connection/times.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Message } from "#lib/chat/message.ts";
import { segments } from "#lib/text/segments.ts";
import { Segments } from "./segments.tsx";

/** What a message says: its text, or that it was deleted. */
export const MessageText = memo(function MessageText({ message, isPending }: { message: Message; isPending: boolean }) {
  const words = useCatalog().chat.timeline;
  const times = useTimes();
  if (message.deletedAt) return <p className="text-ink-soft italic">{words.deleted}</p>;
  return (
    <div
      data-pending={isPending || undefined}
      className="whitespace-pre-wrap transition-colors data-pending:text-ink-soft"
    >
      <Segments segments={segments(message.text)} />
      {message.editedAt && (
        <time
          dateTime={message.editedAt}
          title={times.exact(message.editedAt)}
          className="ms-1 inline-block text-tiny text-ink-soft"
        >
          {words.edited}
        </time>
      )}
    </div>
  );
});
