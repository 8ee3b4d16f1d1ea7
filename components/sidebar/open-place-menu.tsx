"use client";

import { Compass, Keyboard, LogOut, Plus, Settings, UserPlus } from "lucide-react";
import Link from "next/link";
import type { ReactElement } from "react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { useDialogs } from "./use-dialogs.ts";
import { useSignOut } from "./use-sign-out.ts";

/** What concerns the whole place. */
export function OpenPlaceMenu({ trigger }: { trigger: ReactElement }) {
  const words = useCatalog().chat.sidebar;
  const isAdmin = useMe().role === "admin";
  const { show } = useDialogs();
  const signOut = useSignOut();
  return (
    <Menu trigger={trigger} defaultOpen>
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
        <Link href="/settings" prefetch={false}>
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
