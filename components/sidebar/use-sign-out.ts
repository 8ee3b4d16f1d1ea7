"use client";

import { useCallback } from "react";
import { useChat } from "#components/connection/chat-provider.tsx";

/** Wipes what this browser kept for the person, then ends the session everywhere it was used. */
export function useSignOut(): () => Promise<void> {
  const chat = useChat();
  return useCallback(async () => {
    // Loaded when it is needed: nobody needs it to read a room.
    const { signOut } = await import("next-auth/react");
    await chat.wipe();
    await signOut({ callbackUrl: "/sign-in" });
  }, [chat]);
}
