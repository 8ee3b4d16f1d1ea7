"use client";

import { useCallback } from "react";
import { useChat } from "#components/connection/chat-provider.tsx";
import { useLoad } from "#components/ui/use-load.ts";

/** Wipes what this browser kept for the person, then ends the session everywhere it was used. */
export function useSignOut(): () => Promise<void> {
  const chat = useChat();
  const load = useLoad();
  return useCallback(async () => {
    // Loaded when it is needed: nobody needs it to read a room.
    const auth = await load(() => import("next-auth/react"));
    if (!auth) return;
    await chat.wipe();
    await auth.signOut({ callbackUrl: "/sign-in" });
  }, [chat, load]);
}
