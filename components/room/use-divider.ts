"use client";

import { useEffect, useMemo, useState } from "react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { unreadOf } from "#components/sidebar/room-order.ts";
import type { Room } from "#lib/chat/room.ts";
import type { Entry } from "#lib/client/chat-client.ts";
import { indexAfter } from "./index-after.ts";

export interface Divider {
  /** Index of the first unread entry; undefined when it is not among the loaded ones. */
  index: number | undefined;
  count: number;
}

/** Where one had read up to when the room was entered, or when the window was left. It stays there until one leaves. */
interface Mark {
  seq: number;
  count: number;
}

export function useDivider(room: Room | undefined, entries: readonly Entry[], isAll: boolean): Divider | undefined {
  const me = useMe().id;
  const [mark, setMark] = useState<Mark | undefined>(() =>
    room && unreadOf(room) > 0 ? { seq: room.readSeq, count: unreadOf(room) } : undefined,
  );
  const divider = useMemo(() => mark && place(mark, entries, me, isAll), [mark, entries, me, isAll]);
  useWindow(
    () => {
      const last = entries.findLast(({ state }) => state === "posted")?.message.seq;
      // Left in the middle of the unread ones: the divider that is there still holds.
      if (room && last !== undefined && last <= room.readSeq) setMark({ seq: last, count: 0 });
    },
    () => {
      if (!divider) setMark(undefined);
    },
  );
  return divider;
}

function place(mark: Mark, entries: readonly Entry[], me: string, isAll: boolean): Divider | undefined {
  let index: number | undefined;
  let count = 0;
  for (let at = indexAfter(entries, mark.seq); at < entries.length; at++) {
    const { state, message } = entries[at] as Entry;
    if (state !== "posted" || message.author === me) continue;
    index ??= at;
    count += 1;
  }
  if (index === undefined) return undefined;
  const isLoaded = isAll || (entries[0]?.message.seq ?? 0) <= mark.seq;
  return { index: isLoaded ? index : undefined, count: Math.max(count, mark.count) };
}

function useWindow(onLeave: () => void, onReturn: () => void) {
  useEffect(() => {
    window.addEventListener("blur", onLeave);
    window.addEventListener("focus", onReturn);
    return () => {
      window.removeEventListener("blur", onLeave);
      window.removeEventListener("focus", onReturn);
    };
  });
}
