"use client";

import { useEffect } from "react";
import { useChat } from "#components/connection/chat-provider.tsx";
import { useNavigation, useRoomPath } from "#components/connection/navigation.tsx";
import type { Room } from "#lib/chat/room.ts";
import { orderRooms, unreadOf } from "./room-order.ts";
import { useDialogs } from "./use-dialogs.ts";

/** The keys that work everywhere: Ctrl/⌘K, Ctrl/⌘+Shift+F, Alt+↑/↓ (with Shift: unread rooms only), `?`. */
export function useShortcuts(): void {
  const { inbox } = useChat();
  const { openRoom, openSearch } = useNavigation();
  const { show } = useDialogs();
  const current = useRoomPath()?.room;
  useEffect(() => {
    const step = (direction: 1 | -1, unreadOnly: boolean) => {
      const { active } = orderRooms(inbox.get().rooms.values());
      const next = neighbour(active, current, direction, unreadOnly);
      if (next) openRoom(next.id);
    };
    const acts: Record<Meaning, (event: KeyboardEvent) => void> = {
      up: ({ shiftKey }) => step(-1, shiftKey),
      down: ({ shiftKey }) => step(1, shiftKey),
      search: openSearch,
      switcher: () => show("switcher"),
      keyboard: () => show("keyboard"),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const meaning = event.defaultPrevented ? undefined : meaningOf(event);
      if (!meaning) return;
      event.preventDefault();
      acts[meaning](event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [inbox, openRoom, openSearch, show, current]);
}

type Meaning = "switcher" | "search" | "keyboard" | "up" | "down";

function meaningOf(event: KeyboardEvent): Meaning | undefined {
  const { key, altKey } = event;
  const hasCommand = event.ctrlKey || event.metaKey;
  // The code, because a Korean layout gives another key.
  if (hasCommand && !altKey && !event.shiftKey && event.code === "KeyK") return "switcher";
  if (hasCommand && !altKey && event.shiftKey && event.code === "KeyF") return "search";
  if (hasCommand) return undefined;
  if (altKey && key === "ArrowUp") return "up";
  if (altKey && key === "ArrowDown") return "down";
  return key === "?" && !isWriting(event.target) ? "keyboard" : undefined;
}

/** The next room in this direction, around the end; unread ones only, if asked. */
function neighbour(rooms: readonly Room[], current: string | undefined, direction: 1 | -1, unreadOnly: boolean) {
  const from = rooms.findIndex(({ id }) => id === current);
  const onward =
    direction === 1
      ? [...rooms.slice(from + 1), ...rooms.slice(0, Math.max(from, 0))]
      : [...rooms.slice(0, Math.max(from, 0)).reverse(), ...rooms.slice(from + 1).reverse()];
  return onward.find((room) => !unreadOnly || unreadOf(room) > 0);
}

function isWriting(target: EventTarget | null): boolean {
  const selector = "input, textarea, select, [contenteditable], [role=dialog]";
  return target instanceof Element && target.closest(selector) !== null;
}
