"use client";

import { useEffect } from "react";

/**
 * Esc, where nothing that floats has taken it: `act` is called. Keys of text fields are left to the field, which alone knows whether they
 * belong to a composition.
 */
export function useEscape(act: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest("input, textarea, [role=dialog], [role=menu]"))
        return;
      act();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [act]);
}
