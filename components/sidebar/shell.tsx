"use client";

import type { ReactNode } from "react";
import { NavigationProvider, useNavigation } from "#components/connection/navigation.tsx";
import { OwnNotices } from "#components/connection/own-notices.tsx";
import { DialogsProvider } from "./dialogs.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

/** Sidebar and pane beside each other; on phones one of them, by the address, so that the back gesture leads from a room to the list. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <NavigationProvider>
      <DialogsProvider>
        <Panes>{children}</Panes>
        <OwnNotices />
      </DialogsProvider>
    </NavigationProvider>
  );
}

function Panes({ children }: { children: ReactNode }) {
  const isList = useNavigation().path === "/rooms";
  useShortcuts();
  return (
    <main
      data-list={isList || undefined}
      className="group/shell grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden md:grid-cols-[15rem_minmax(0,1fr)] lg:grid-cols-[16.75rem_minmax(0,1fr)]"
    >
      <div className="hidden min-h-0 border-line md:border-e group-data-list/shell:block md:block">
        <Sidebar />
      </div>
      <div className="relative min-h-0 min-w-0 group-data-list/shell:hidden md:block!">{children}</div>
    </main>
  );
}
