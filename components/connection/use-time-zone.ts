"use client";

import { useEffect, useSyncExternalStore } from "react";

/**
 * The visitor's time zone. While hydrating it is the one the server rendered with, so that both write the same times; a cookie tells the
 * server for the next page.
 */
export function useTimeZone(served: string): string {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs a secure context, and a place on a local network has none
    document.cookie = `time-zone=${browserZone()}; path=/; max-age=${60 * 60 * 24 * 365}; samesite=lax`;
  }, []);
  return useSyncExternalStore(never, browserZone, () => served);
}

const never = () => () => {};

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
