"use client";

import { useChat, useInbox } from "#components/connection/chat-provider.tsx";
import { ConnectionLine } from "#components/connection/connection-line.tsx";
import { useReadable } from "#components/connection/use-readable.ts";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { RoomStore } from "#lib/client/chat-client.ts";

/** The line between timeline and composer, always of one height: who is typing, or that the connection is away or the server busy. */
export function StatusRow({ store }: { store: RoomStore }) {
  const { connection, heldUp } = useChat();
  const { state } = useReadable(connection);
  const isHeldUp = useReadable(heldUp);
  return (
    <div className="flex h-6 shrink-0 items-center overflow-hidden px-4 text-small text-ink-soft md:px-5">
      <ConnectionLine />
      {state === "online" && !isHeldUp && <TypingLine store={store} />}
    </div>
  );
}

function TypingLine({ store }: { store: RoomStore }) {
  const { typing: words, timeline } = useCatalog().chat;
  const { typing } = useReadable(store);
  const people = useInbox((inbox) => inbox.people);
  const [first, second] = typing.map((user) => people.get(user)?.name ?? timeline.unknown);
  if (first === undefined) return null;
  return (
    <p data-testid="typing" className="flex min-w-0 items-center gap-2">
      <span aria-hidden="true" className="flex gap-0.75 *:size-1 *:animate-breathe *:rounded-full *:bg-current">
        <span />
        <span className="[animation-delay:0.4s]" />
        <span className="[animation-delay:0.6s]" />
      </span>
      <span className="truncate">
        {second === undefined
          ? words.one(first)
          : typing.length === 2
            ? words.two(first, second)
            : words.many(typing.length)}
      </span>
    </p>
  );
}
