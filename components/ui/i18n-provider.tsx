"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Language } from "#lib/chat/person.ts";
import { type RoomCatalog, roomCatalogOf } from "#lib/i18n/room-catalogs.ts";

const LanguageContext = createContext<Language>("en");

/** Says which language everything below speaks. Rendered once, by the root layout. */
export function I18nProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The sentences of a room's screen; useWholeCatalog has those of dialogs and other pages too. */
export function useCatalog(): RoomCatalog {
  return roomCatalogOf(useLanguage());
}
