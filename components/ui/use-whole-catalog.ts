"use client";

import { catalogOf } from "#lib/i18n/catalogs.ts";
import type { Catalog } from "#lib/i18n/en.ts";
import { useLanguage } from "./i18n-provider.tsx";

/** Every sentence there is, for dialogs and pages of their own: what a room's screen begins with reads useCatalog, which is a third of it. */
export function useWholeCatalog(): Catalog {
  return catalogOf(useLanguage());
}
