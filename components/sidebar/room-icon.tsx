import { Hash, Lock, Megaphone, ShieldCheck } from "lucide-react";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import type { Room } from "#lib/chat/room.ts";

interface RoomIconProps {
  room: Pick<Room, "kind" | "posting">;
  size?: number;
  /** Where the words stand beside it. */
  isSilent?: boolean;
}

const ICONS = { open: Hash, members: Lock, admins: ShieldCheck };

/** One icon for each kind of room, which says who may enter; a megaphone for an open one where only admins post. */
export function RoomIcon({ room, size = 17, isSilent = false }: RoomIconProps) {
  const { entry } = useCatalog().chat.sidebar;
  const Icon = room.kind === "open" && room.posting === "admins" ? Megaphone : ICONS[room.kind];
  if (isSilent) return <Icon size={size} aria-hidden="true" className="shrink-0" />;
  return <Icon size={size} role="img" aria-hidden={undefined} aria-label={entry[room.kind]} className="shrink-0" />;
}
