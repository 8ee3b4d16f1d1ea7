"use client";

import { useEffect, useRef, useState } from "react";
import { useInbox } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Entry } from "#lib/client/chat-client.ts";

/** Reads out a message of somebody else once, when it arrives; never what was there before. */
export function Announcer({ entries, live }: { entries: readonly Entry[]; live: boolean }) {
  const words = useCatalog().chat.timeline;
  const { me, people } = useInbox(whole);
  const told = useRef<number>(undefined);
  const [text, setText] = useState("");
  const last = entries.findLast(({ state }) => state === "posted")?.message;
  useEffect(() => {
    if (!live || !last) return;
    const isNew = told.current !== undefined && last.seq > told.current;
    told.current = Math.max(told.current ?? 0, last.seq);
    if (isNew && last.author !== me.id)
      setText(words.announce(people.get(last.author)?.name ?? words.unknown, last.text.slice(0, 300)));
  }, [live, last, me.id, people, words]);
  return (
    <div aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}

const whole = <T,>(inbox: T) => inbox;
