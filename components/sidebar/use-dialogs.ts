"use client";

import { createContext, useContext } from "react";
import type { Message } from "#lib/chat/message.ts";

export type DialogName =
  | "switcher"
  | "keyboard"
  | "invite"
  | "browse"
  | "create"
  | { settingsOf: string; pane?: "general" | "members" }
  | { leaving: string }
  | { deleting: Message }
  | { passwordOf: string }
  | { suspending: string };

export interface Dialogs {
  show(dialog: DialogName): void;
}

export const DialogsContext = createContext<Dialogs | null>(null);

/** Opens one of the dialogs that dialogs.tsx draws; apart from it, because what it draws opens others. */
export function useDialogs(): Dialogs {
  const dialogs = useContext(DialogsContext);
  if (!dialogs) throw new Error("useDialogs needs a DialogsProvider above it.");
  return dialogs;
}
