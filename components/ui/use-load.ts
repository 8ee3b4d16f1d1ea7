"use client";

import { useCallback } from "react";
import { useCatalog } from "./i18n-provider.tsx";
import { notify } from "./notify.ts";

/**
 * Loads code that comes when it is wanted. When it cannot be fetched a notice says what to do, and nothing is returned: the room goes on.
 * Calling it again tries again. Neither React.lazy nor next/dynamic can do that: they keep the failure until the page is reloaded.
 */
export function useLoad(): <Part>(load: () => Promise<Part>) => Promise<Part | undefined> {
  const { late } = useCatalog().common;
  return useCallback(
    async (load) => {
      try {
        return await load();
      } catch (error) {
        if (!(error instanceof Error && error.name === "ChunkLoadError")) throw error;
        if (await isGone(error)) notify(late.replaced, "plain", { label: late.reload, run: () => location.reload() });
        else notify(late.failed, "error");
      }
    },
    [late],
  );
}

/** Whether the server is there and has the file no longer, as after a new build. The error itself tells only the file's address. */
async function isGone({ message }: Error): Promise<boolean> {
  const [address] = /\/_next\/static\/\S+/.exec(message) ?? [];
  if (!address) return false;
  const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  return answer?.status === 404;
}
