"use client";

import { useState } from "react";
import { toast } from "sonner";
import { isRefusal } from "#lib/chat/refusal.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";
import { useCatalog } from "./i18n-provider.tsx";

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
      toast.error(wordRefusal(catalog, error));
    } finally {
      setBusy(undefined);
    }
  }

  return { busy, act };
}
