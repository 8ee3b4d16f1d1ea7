import { Hash, Lock, Megaphone } from "lucide-react";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";

/** A lock where not everybody may enter (it says who may), a megaphone where only admins post, a hash else. */
export function RoomIcon({ room, size = 17 }: { room: Room; size?: number }) {
  const { locked } = useCatalog().chat.sidebar;
  if (room.kind !== "open")
    return <Lock size={size} role="img" aria-hidden={undefined} aria-label={locked[room.kind]} className="shrink-0" />;
  const Icon = room.posting === "admins" ? Megaphone : Hash;
  return <Icon size={size} aria-hidden="true" className="shrink-0" />;
}
