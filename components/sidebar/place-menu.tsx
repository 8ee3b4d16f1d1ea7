"use client";

import { ChevronDown, Compass, Keyboard, LogOut, Plus, Settings, UserPlus } from "lucide-react";
import Link from "next/link";
import { useMe, usePlace } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { useDialogs } from "./dialogs.tsx";
import { useSignOut } from "./use-sign-out.ts";

/** The place's name, and under it what concerns the whole place. */
export function PlaceMenu() {
  const words = useCatalog().chat.sidebar;
  const place = usePlace().name;
  const isAdmin = useMe().role === "admin";
  const { show } = useDialogs();
  const signOut = useSignOut();
  return (
    <Menu trigger={<PlaceButton name={place} label={words.placeMenu(place)} />}>
      {isAdmin && (
        <MenuItem icon={<UserPlus />} onSelect={() => show("invite")}>
          {words.invite}
        </MenuItem>
      )}
      <MenuItem icon={<Compass />} onSelect={() => show("browse")}>
        {words.browse}
      </MenuItem>
      {isAdmin && (
        <MenuItem icon={<Plus />} onSelect={() => show("create")}>
          {words.create}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Keyboard />} onSelect={() => show("keyboard")}>
        {words.keyboard}
      </MenuItem>
      <MenuItem asChild>
        <Link href="/settings">
          <Settings size={18} aria-hidden="true" className="text-ink-soft" />
          {words.settings}
        </Link>
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={signOut}>
        {words.signOut}
      </MenuItem>
    </Menu>
  );
}

function PlaceButton({ name, label, ...rest }: { name: string; label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      className="flex min-w-0 items-center gap-2.5 rounded-lg px-2 py-1.5 text-large font-bold tracking-tight hover:bg-hover"
    >
      <Mark className="size-6.5 shrink-0 text-celadon" />
      <span className="truncate">{name}</span>
      <ChevronDown size={16} aria-hidden="true" className="shrink-0 text-ink-soft" />
    </button>
  );
}
