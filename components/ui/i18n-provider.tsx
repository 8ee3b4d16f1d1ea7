"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Language } from "#lib/chat/person.ts";
import { catalogOf } from "#lib/i18n/catalogs.ts";
import type { Catalog } from "#lib/i18n/en.ts";

const LanguageContext = createContext<Language>("en");

/** Says which language everything below speaks. Rendered once, by the root layout. */
export function I18nProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useCatalog(): Catalog {
  return catalogOf(useLanguage());
}
