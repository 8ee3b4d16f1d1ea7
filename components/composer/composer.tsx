"use client";

import { Archive, Megaphone } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";
import type { RoomStore } from "#lib/client/chat-client.ts";
import { NewMessage } from "./new-message.tsx";

interface ComposerProps {
  room: Room | undefined;
  store: RoomStore;
  onEscape: () => void;
}

/** Where one writes; or why one cannot, in its place. */
export function Composer({ room, store, onEscape }: ComposerProps) {
  return (
    <div className="shrink-0 px-3 pb-[max(0.875rem,env(safe-area-inset-bottom))] md:px-5 md:pb-4.5">
      {room && !room.mayPost ? (
        <ReadOnly room={room} />
      ) : (
        <>
          {room && !room.joined && <JoinHint room={room} />}
          <NewMessage roomName={room?.name ?? ""} store={store} onEscape={onEscape} />
        </>
      )}
    </div>
  );
}

/** Why nobody, or not oneself, writes here. Whoever reads along may still want the room in their list. */
function ReadOnly({ room }: { room: Room }) {
  const Icon = room.archived ? Archive : Megaphone;
  const words = useCatalog().chat.composer;
  return (
    <div className="flex min-h-12 items-center justify-center gap-3 rounded-xl border border-line bg-paper-sunken py-1.5 ps-4 pe-1.5 text-small text-ink-soft">
      <p className="flex items-center gap-2 text-center text-balance">
        <Icon size={16} aria-hidden="true" className="shrink-0" />
        {room.archived ? words.archived : words.readOnly}
      </p>
      {!room.joined && <JoinButton room={room} />}
    </div>
  );
}

function JoinHint({ room }: { room: Room }) {
  const words = useCatalog().chat.room;
  return (
    <div className="mb-2 flex items-center gap-3 rounded-lg bg-celadon-tint py-1.5 ps-4 pe-1.5 text-small">
      <span className="min-w-0 flex-1">{words.joinHint}</span>
      <JoinButton room={room} />
    </div>
  );
}

function JoinButton({ room }: { room: Room }) {
  const words = useCatalog().chat.room;
  const { busy, act } = useAct();
  return (
    <Button
      size="small"
      variant="primary"
      busy={busy !== undefined}
      onClick={() => act("join", () => callApi("POST", `/api/rooms/${room.id}/join`))}
      className="shrink-0"
    >
      {words.join}
    </Button>
  );
}
