"use client";

import { ShieldMinus, ShieldPlus, UserMinus } from "lucide-react";
import type { ReactElement } from "react";
import { toast } from "sonner";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { Person, Role } from "#lib/chat/person.ts";
import type { Room } from "#lib/chat/room.ts";
import { callApi } from "#lib/client/api.ts";
import { mayRemoveFrom } from "./may-remove-from.ts";

interface OpenPersonMenuProps {
  trigger: ReactElement;
  person: Person;
  room: Room | undefined;
  onChanged: () => void;
}

/** What admins, and those in charge of the room, can do about somebody. */
export function OpenPersonMenu({ trigger, person, room, onChanged }: OpenPersonMenuProps) {
  const words = useCatalog().chat.people;
  const isAdmin = useMe().role === "admin";
  const { act } = useAct();
  const mayRemove = mayRemoveFrom(room);
  const setRole = (role: Role) =>
    act("role", async () => {
      await callApi("PATCH", `/api/people/${person.id}`, { role });
      toast((role === "admin" ? words.madeAdmin : words.noAdmin)(person.name));
      onChanged();
    });
  const remove = () =>
    act("remove", async () => {
      await callApi("DELETE", `/api/rooms/${room?.id}/members/${person.id}`);
      toast(words.removed(person.name));
      onChanged();
    });
  return (
    <Menu align="end" trigger={trigger} defaultOpen>
      {isAdmin && <RoleItem person={person} setRole={setRole} />}
      {mayRemove && (
        <MenuItem tone="danger" icon={<UserMinus />} onSelect={remove}>
          {words.remove}
        </MenuItem>
      )}
    </Menu>
  );
}

function RoleItem({ person, setRole }: { person: Person; setRole: (role: Role) => void }) {
  const words = useCatalog().chat.people;
  return person.role === "admin" ? (
    <MenuItem icon={<ShieldMinus />} onSelect={() => setRole("member")}>
      {words.takeAdminBack}
    </MenuItem>
  ) : (
    <MenuItem icon={<ShieldPlus />} onSelect={() => setRole("admin")}>
      {words.makeAdmin}
    </MenuItem>
  );
}
