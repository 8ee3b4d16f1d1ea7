"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { usePlace } from "#components/connection/chat-provider.tsx";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { LateMenu } from "#components/ui/late-menu.tsx";
import { Mark } from "#components/ui/mark.tsx";

/** The place's name, and behind it what concerns the whole place. */
export function PlaceMenu() {
  return (
    <LateMenu trigger={<PlaceButton />} load={() => import("./open-place-menu.tsx")}>
      {({ OpenPlaceMenu }, trigger) => <OpenPlaceMenu trigger={trigger} />}
    </LateMenu>
  );
}

function PlaceButton(props: ComponentProps<"button">) {
  const words = useCatalog().chat.sidebar;
  const { name } = usePlace();
  return (
    <button
      type="button"
      {...props}
      aria-label={words.placeMenu(name)}
      className="flex min-w-0 items-center gap-2.5 rounded-lg px-2 py-1.5 text-large font-bold tracking-tight hover:bg-hover"
    >
      <Mark className="size-6.5 shrink-0 text-celadon" />
      <span className="truncate">{name}</span>
      <ChevronDown size={16} aria-hidden="true" className="shrink-0 text-ink-soft" />
    </button>
  );
}
