import type { Language } from "#lib/chat/person.ts";
import { type Catalog, en } from "./en.ts";
import { ko } from "./ko.ts";

const catalogs: Record<Language, Catalog> = { en, ko };

/** The catalog of a language. Server components call it; client components read it with useCatalog. */
export function catalogOf(language: Language): Catalog {
  return catalogs[language];
}
