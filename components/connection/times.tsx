"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useLanguage } from "#components/ui/i18n-provider.tsx";
import { type Times, timesFor } from "#lib/text/times.ts";
import { useMe } from "./chat-provider.tsx";
import { useTimeZone } from "./use-time-zone.ts";

const TimesContext = createContext<Times | null>(null);

/** How this person reads times: by language, time zone and the 24 h setting. Made once, because formats are dear to make. */
export function TimesProvider({ zone, children }: { zone: string; children: ReactNode }) {
  const language = useLanguage();
  const present = useTimeZone(zone);
  const { clock } = useMe().preferences;
  const times = useMemo(() => timesFor(language, present, clock), [language, present, clock]);
  return <TimesContext value={times}>{children}</TimesContext>;
}

export function useTimes(): Times {
  const times = useContext(TimesContext);
  if (!times) throw new Error("useTimes needs a TimesProvider above it.");
  return times;
}
