"use client";

import { signOut } from "next-auth/react";
import { useCallback } from "react";
import { useChat } from "#components/connection/chat-provider.tsx";

/** Wipes what this browser kept for the person, then ends the session everywhere it was used. */
export function useSignOut(): () => Promise<void> {
  const chat = useChat();
  return useCallback(async () => {
    await chat.wipe();
    await signOut({ callbackUrl: "/sign-in" });
  }, [chat]);
}
