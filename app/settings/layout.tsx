import type { ReactNode } from "react";
import { SettingsNav } from "#components/settings/settings-nav.tsx";
import { requireActor } from "../session.ts";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  await requireActor("/settings/profile");
  return (
    <div className="min-h-dvh bg-paper md:grid md:grid-cols-[16.75rem_minmax(0,1fr)]">
      <SettingsNav />
      <main className="w-full max-w-2xl px-5 pt-6 pb-16 md:px-12 md:pt-10">{children}</main>
    </div>
  );
}
