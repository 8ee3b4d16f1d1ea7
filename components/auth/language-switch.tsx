"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLanguage } from "#components/ui/i18n-provider.tsx";
import { keepInBrowser } from "#components/ui/keep-in-browser.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Language } from "#lib/chat/person.ts";

/** Turns the page to the other language, for those who have no account to say it in. */
export function LanguageSwitch() {
  const { auth } = useWholeCatalog();
  const router = useRouter();
  const other: Language = useLanguage() === "ko" ? "en" : "ko";
  return (
    <button
      type="button"
      lang={other}
      onClick={() => {
        keepInBrowser("language", other);
        router.refresh();
      }}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-md px-2 text-small text-ink-soft hover:text-ink"
    >
      <Languages size={16} aria-hidden="true" />
      {auth.languages[other]}
    </button>
  );
}
