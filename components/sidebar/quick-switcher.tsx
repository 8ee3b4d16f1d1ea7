"use client";

import { useId, useMemo, useState } from "react";
import { useInbox } from "#components/connection/chat-provider.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { useComposition } from "#components/ui/use-composition.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Room } from "#lib/chat/room.ts";
import { matchesName } from "#lib/text/hangul.ts";
import { RoomIcon } from "./room-icon.tsx";
import { orderRooms, unreadOf } from "./room-order.ts";

interface QuickSwitcherProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChoose: (room: Room) => void;
}

const MOST = 12;

/** Rooms by name, 초성 and half-typed syllables included. Without a name: the unread ones first. */
export function QuickSwitcher({ open, onOpenChange, onChoose }: QuickSwitcherProps) {
  const words = useWholeCatalog().keys.switcher;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.title}>
      <Chooser onChoose={onChoose} />
    </Dialog>
  );
}

function Chooser({ onChoose }: { onChoose: (room: Room) => void }) {
  const words = useWholeCatalog().keys.switcher;
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(text);
  const chosen = found[Math.min(at, found.length - 1)];
  const { ref } = useComposition<HTMLInputElement>({
    onSubmit: () => {
      if (chosen) onChoose(chosen);
      return undefined;
    },
    onKey: (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step === 0 || found.length === 0) return;
      event.preventDefault();
      setAt((before) => (Math.min(before, found.length - 1) + step + found.length) % found.length);
    },
  });
  return (
    <div className="flex min-h-0 flex-col px-5 pb-4 sm:px-6">
      <Input
        ref={ref}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        aria-label={words.placeholder}
        placeholder={words.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <div id={id} role="listbox" aria-label={words.title} className="mt-2 min-h-24 overflow-y-auto">
        {found.map((room) => (
          <Choice key={room.id} id={`${id}-${room.id}`} room={room} isChosen={room === chosen} onChoose={onChoose} />
        ))}
      </div>
      {found.length === 0 && <p className="text-center text-small text-ink-soft">{words.none}</p>}
      <p className="pt-2 text-center text-tiny text-ink-soft pointer-coarse:hidden">{words.hint}</p>
    </div>
  );
}

interface ChoiceProps {
  id: string;
  room: Room;
  isChosen: boolean;
  onChoose: (room: Room) => void;
}

function Choice({ id, room, isChosen, onChoose }: ChoiceProps) {
  const unread = unreadOf(room);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input; aria-activedescendant names the option
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input chooses
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      onClick={() => onChoose(room)}
      className={classNames(
        "flex min-h-10 items-center gap-2.5 rounded-md px-3 max-sm:min-h-12",
        isChosen ? "bg-celadon-tint" : "hover:bg-hover",
        unread > 0 && "font-semibold",
      )}
    >
      <RoomIcon room={room} />
      <span className="truncate">{room.name}</span>
      <span className="min-w-0 flex-1 truncate text-tiny font-normal text-ink-soft">{room.topic}</span>
      {unread > 0 && <span className="text-tiny text-ink-soft tabular-nums">{unread}</span>}
    </div>
  );
}

function useFound(text: string): readonly Room[] {
  const rooms = useInbox((inbox) => inbox.rooms);
  return useMemo(() => {
    const query = text.trim();
    const { active, archived } = orderRooms(rooms.values());
    const open = [...rooms.values()].filter((room) => !room.joined && !room.archived);
    if (query === "") return active.toSorted((a, b) => unreadOf(b) - unreadOf(a)).slice(0, MOST);
    return [...active, ...open, ...archived].filter((room) => matchesName(query, room.name)).slice(0, MOST);
  }, [rooms, text]);
}
