"use client";

import { LogOut } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import { signOut } from "#lib/client/sign-in.ts";
import { wipeBrowser } from "#lib/client/wipe-browser.ts";

/** Ends the session and wipes what this browser kept for this person. */
export function SignOutButton({ user }: { user: string }) {
  const { settings } = useWholeCatalog();
  const { busy, act } = useAct();
  const leave = () =>
    act("sign-out", async () => {
      await signOut(() => wipeBrowser(user));
      location.assign("/sign-in");
    });
  return (
    <Button busy={busy !== undefined} onClick={leave}>
      <LogOut size={17} aria-hidden="true" />
      {settings.signOut.submit}
    </Button>
  );
}
