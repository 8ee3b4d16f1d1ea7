"use client";

import { Compass, Plus, Search, TextSearch } from "lucide-react";
import { useMe } from "#components/connection/chat-provider.tsx";
import { useNavigation } from "#components/connection/navigation.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isPlainClick } from "./is-plain-click.ts";
import { OwnAccount } from "./own-account.tsx";
import { PlaceMenu } from "./place-menu.tsx";
import { RoomList } from "./room-list.tsx";
import { useDialogs } from "./use-dialogs.ts";

/** The left side of every wide screen, and a pane of its own on phones. */
export function Sidebar() {
  const words = useCatalog().chat.sidebar;
  // Where nothing stands beside it, the list is what the page is about.
  const Heading = useNavigation().path === "/rooms" ? "h1" : "h2";
  return (
    <nav aria-label={words.label} className="flex h-full min-h-0 flex-col bg-paper-sunken">
      <div className="flex h-14.5 shrink-0 items-center px-2">
        <PlaceMenu />
      </div>
      <div className="mx-3 mb-1 flex shrink-0 gap-1">
        <Finder />
        <SearchLink />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-4">
        <div className="flex items-center justify-between ps-4 pe-2 pt-2 pb-1">
          <Heading className="text-tiny font-semibold text-ink-soft">{words.rooms}</Heading>
          <AddRoom />
        </div>
        <RoomList />
      </div>
      <OwnAccount />
    </nav>
  );
}

function Finder() {
  const words = useCatalog().chat.sidebar;
  const { show } = useDialogs();
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => show("switcher")}
      className="flex h-8.5 min-w-0 flex-1 items-center gap-2 rounded-lg border border-line bg-paper px-2.5 text-small text-ink-soft hover:bg-hover max-md:h-11"
    >
      <Search size={16} aria-hidden="true" />
      <span className="truncate">{words.find}</span>
      <kbd className="ms-auto font-sans text-tiny font-medium max-md:hidden">Ctrl K</kbd>
    </button>
  );
}

function SearchLink() {
  const words = useCatalog().chat.sidebar;
  const { path, openSearch } = useNavigation();
  return (
    <a
      href="/search"
      aria-label={words.search}
      aria-current={path === "/search" ? "page" : undefined}
      aria-keyshortcuts="Control+Shift+F Meta+Shift+F"
      data-tooltip={words.search}
      data-tooltip-side="bottom"
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        openSearch();
      }}
      className="inline-grid size-8.5 shrink-0 place-items-center rounded-lg border border-line bg-paper text-ink-soft hover:bg-hover hover:text-ink aria-[current]:bg-celadon-tint aria-[current]:text-celadon max-md:size-11"
    >
      <TextSearch size={17} aria-hidden="true" />
    </a>
  );
}

function AddRoom() {
  const words = useCatalog().chat.sidebar;
  const isAdmin = useMe().role === "admin";
  const { show } = useDialogs();
  return (
    <span className="flex">
      <IconButton label={words.browse} size="small" onClick={() => show("browse")}>
        <Compass size={17} aria-hidden="true" />
      </IconButton>
      {isAdmin && (
        <IconButton label={words.create} size="small" onClick={() => show("create")}>
          <Plus size={17} aria-hidden="true" />
        </IconButton>
      )}
    </span>
  );
}
