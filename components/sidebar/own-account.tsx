"use client";

import { Settings } from "lucide-react";
import { useChat, useMe } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { useReadable } from "#components/connection/use-readable.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { isPlainClick } from "./is-plain-click.ts";

/** Oneself, at the bottom of the sidebar, with the way to the settings. Tells the state of the connection where no room does. */
export function OwnAccount() {
  const { chat } = useCatalog();
  const me = useMe();
  const { path, openSettings } = useNavigation();
  const { state } = useReadable(useChat().connection);
  return (
    <a
      href="/settings"
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        openSettings();
      }}
      className="flex items-center gap-2.5 border-t border-line px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] -outline-offset-2 hover:bg-hover"
    >
      <Avatar name={me.name} presence={state === "online" ? "online" : undefined} />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate font-semibold">{me.name}</span>
        <span
          data-testid={path === "/rooms" ? "connection" : undefined}
          data-state={state}
          className="block truncate text-tiny text-ink-soft"
        >
          {chat.connection.states[state]}
        </span>
      </span>
      <Settings size={19} role="img" aria-label={chat.sidebar.settings} className="shrink-0 text-ink-soft" />
    </a>
  );
}
