"use client";

import { KeyRound, ShieldMinus, ShieldPlus, UserCheck, UserMinus, UserRoundCog, UserX } from "lucide-react";
import type { ReactElement } from "react";
import { useDialogs } from "#components/sidebar/use-dialogs.ts";
import { Menu, MenuItem, MenuNote, MenuSeparator } from "#components/ui/menu.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { ListedPerson, personActs } from "./person-acts.ts";
import { usePersonActs } from "./use-person-acts.ts";

interface OpenPersonMenuProps {
  trigger: ReactElement;
  listed: ListedPerson;
  acts: ReturnType<typeof personActs>;
  room: string | undefined;
  onChanged: () => void;
}

/** What admins, and those in charge of the room, can do about somebody. */
export function OpenPersonMenu({ trigger, listed, acts, room, onChanged }: OpenPersonMenuProps) {
  const hasRoomActs = acts.roomRole || acts.remove;
  return (
    <Menu align="end" trigger={trigger} defaultOpen>
      {hasRoomActs && room && <RoomActs listed={listed} acts={acts} room={room} onChanged={onChanged} />}
      {hasRoomActs && acts.role && <MenuSeparator />}
      <PlaceActs listed={listed} acts={acts} onChanged={onChanged} />
    </Menu>
  );
}

function RoomActs({ listed, acts, room, onChanged }: Omit<OpenPersonMenuProps, "trigger"> & { room: string }) {
  const { chat, rooms } = useWholeCatalog();
  const [words, more] = [chat.people, rooms.person];
  const { person, isRoomAdmin, isLastAdmin } = listed;
  const { setRoomRole, remove } = usePersonActs(person, onChanged);
  return (
    <>
      {acts.roomRole && !isRoomAdmin && (
        <MenuItem icon={<UserRoundCog />} onSelect={() => setRoomRole(room, "admin")}>
          {more.makeRoomAdmin}
        </MenuItem>
      )}
      {acts.roomRole && isRoomAdmin && (
        <MenuItem icon={<UserRoundCog />} disabled={isLastAdmin} onSelect={() => setRoomRole(room, "member")}>
          {more.takeRoomAdminBack}
        </MenuItem>
      )}
      {acts.remove && (
        <MenuItem tone="danger" icon={<UserMinus />} disabled={isLastAdmin} onSelect={() => remove(room)}>
          {words.remove}
        </MenuItem>
      )}
      {isLastAdmin && <MenuNote>{more.lastRoomAdmin}</MenuNote>}
    </>
  );
}

function PlaceActs({
  listed: { person },
  acts,
  onChanged,
}: Pick<OpenPersonMenuProps, "listed" | "acts" | "onChanged">) {
  const { chat, rooms } = useWholeCatalog();
  const [words, more] = [chat.people, rooms.person];
  const { show } = useDialogs();
  const { setRole, liftSuspension } = usePersonActs(person, onChanged);
  return (
    <>
      {acts.role && person.role === "admin" && (
        <MenuItem icon={<ShieldMinus />} onSelect={() => setRole("member")}>
          {words.takeAdminBack}
        </MenuItem>
      )}
      {acts.role && person.role !== "admin" && (
        <MenuItem icon={<ShieldPlus />} onSelect={() => setRole("admin")}>
          {words.makeAdmin}
        </MenuItem>
      )}
      {acts.password && (
        <MenuItem icon={<KeyRound />} onSelect={() => show({ passwordOf: person.id })}>
          {more.setPassword}
        </MenuItem>
      )}
      {acts.suspend && person.suspended && (
        <MenuItem icon={<UserCheck />} onSelect={liftSuspension}>
          {more.liftSuspension}
        </MenuItem>
      )}
      {acts.suspend && !person.suspended && (
        <MenuItem tone="danger" icon={<UserX />} onSelect={() => show({ suspending: person.id })}>
          {more.suspend}
        </MenuItem>
      )}
    </>
  );
}
