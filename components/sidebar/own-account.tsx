"use client";

import { Settings } from "lucide-react";
import Link from "next/link";
import { useChat, useMe } from "#components/connection/chat-provider.tsx";
import { useReadable } from "#components/connection/use-readable.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";

/** Oneself, at the bottom of the sidebar, with the way to the settings. */
export function OwnAccount() {
  const { chat } = useCatalog();
  const me = useMe();
  const { state } = useReadable(useChat().connection);
  return (
    <Link
      href="/settings"
      prefetch={false}
      aria-label={chat.sidebar.account(me.name)}
      className="flex items-center gap-2.5 border-t border-line px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] -outline-offset-2 hover:bg-hover"
    >
      <Avatar
        name={me.name}
        presence={state === "online" ? "online" : undefined}
        className="[--dot:var(--color-paper-sunken)]"
      />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate font-semibold">{me.name}</span>
        <span className="block truncate text-tiny text-ink-soft">{me.title || chat.connection.states[state]}</span>
      </span>
      <Settings size={19} aria-hidden="true" className="shrink-0 text-ink-soft" />
    </Link>
  );
}
