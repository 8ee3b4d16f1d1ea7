"use client";

import { createContext } from "react";

/** Where the focus goes back to, for dialogs that appear some time after they were asked for. */
export const DialogOpener = createContext<HTMLElement | null>(null);

/** What has the focus; for an item of a menu, which is gone when a dialog closes, the button of its menu. */
export function whatOpenedIt(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest("[role=menu]");
  const opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : focused;
  return opener instanceof HTMLElement ? opener : null;
}
