"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCatalog } from "#components/ui/i18n-provider.tsx";
import { keepInBrowser } from "#components/ui/keep-in-browser.ts";
import { notify } from "#components/ui/notify.ts";
import type { Preferences } from "#lib/chat/person.ts";
import { isRefusal } from "#lib/chat/refusal.ts";
import { callApi } from "#lib/client/api.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";

/** Preferences that take effect as they are chosen: here at once, on the server in a moment, taken back when it refuses. */
export function usePreferences(saved: Preferences) {
  const catalog = useCatalog();
  const router = useRouter();
  const [preferences, setPreferences] = useState(saved);

  async function change(changes: Partial<Preferences>) {
    const before = preferences;
    setPreferences({ ...before, ...changes });
    show(changes);
    try {
      await callApi("PATCH", "/api/me", { preferences: changes });
      router.refresh();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      setPreferences(before);
      show(before);
      notify(wordRefusal(catalog, error), "error");
    }
  }

  return { preferences, change };
}

// The theme does not wait for the server. Both are kept for the pages before sign-in.
function show({ theme, language }: Partial<Preferences>): void {
  if (theme) {
    document.documentElement.dataset.theme = theme;
    keepInBrowser("theme", theme);
  }
  if (language !== undefined) keepInBrowser("language", language);
}
