"use client";

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useNavigation } from "./navigation.tsx";

/** The bar over whatever stands beside the sidebar; on a phone it leads back to the list of rooms, in these words. */
export function PaneHeader({ back, children }: { back: string; children: ReactNode }) {
  const { openList } = useNavigation();
  return (
    <header className="flex h-14.5 shrink-0 items-center gap-1 border-b border-line ps-1.5 pe-2 md:ps-5 md:pe-4">
      <IconButton label={back} side="bottom" onClick={openList} className="md:hidden">
        <ArrowLeft size={20} aria-hidden="true" className="rtl:-scale-x-100" />
      </IconButton>
      {children}
    </header>
  );
}
