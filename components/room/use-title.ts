"use client";

import { useEffect } from "react";
import { useInbox, usePlace } from "#components/connection/chat-provider.tsx";
import { unreadOf } from "#components/sidebar/room-order.ts";

/** The window's title: "(3) 개발 · 사랑방", with what is unread in all rooms. */
export function useTitle(name: string | undefined): void {
  const place = usePlace().name;
  const unread = useInbox(({ rooms }) => {
    let sum = 0;
    for (const room of rooms.values()) sum += unreadOf(room);
    return sum;
  });
  useEffect(() => {
    const count = unread > 0 ? `(${unread}) ` : "";
    document.title = count + (name && name !== place ? `${name} · ${place}` : place);
  }, [name, place, unread]);
}
