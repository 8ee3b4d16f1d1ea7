"use client";

import { useChat } from "#components/connection/chat-provider.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { useLoad } from "#components/ui/use-load.ts";

/** Ends the session of this browser and wipes what it kept for the person. */
export function useSignOut(): () => Promise<void> {
  const chat = useChat();
  const load = useLoad();
  const { act } = useAct();
  return () =>
    act("sign-out", async () => {
      // Loaded when it is needed: nobody needs it to read a room.
      const code = await load(() => import("#lib/client/sign-in.ts"));
      if (!code) return;
      await code.signOut(() => chat.wipe());
      window.location.assign("/sign-in");
    });
}
