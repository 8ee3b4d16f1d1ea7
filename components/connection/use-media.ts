"use client";

import { useSyncExternalStore } from "react";

/** Whether a media query holds; undefined on the server and while hydrating, where styles alone must decide. */
export function useMedia(query: string): boolean | undefined {
  return useSyncExternalStore<boolean | undefined>(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
    () => undefined,
  );
}
