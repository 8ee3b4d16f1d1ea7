"use client";

import { useState } from "react";
import { isRefusal } from "#lib/chat/refusal.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { useCatalog } from "./i18n-provider.tsx";
import { notify } from "./notify.ts";

/** For buttons that do one thing at once: which one (`key`) is at work, and a notice in words when the server refuses. */
export function useAct() {
  const catalog = useCatalog();
  const [busy, setBusy] = useState<string>();

  async function act(key: string, work: () => Promise<void>) {
    if (busy !== undefined) return;
    setBusy(key);
    try {
      await work();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      notify(wordRefusal(catalog, error), "error");
    } finally {
      setBusy(undefined);
    }
  }

  return { busy, act };
}
