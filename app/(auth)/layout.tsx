import type { ReactNode } from "react";
import { LanguageSwitch } from "#components/auth/language-switch.tsx";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-paper-sunken px-4 pt-[max(1rem,env(safe-area-inset-top))] pb-[max(1rem,env(safe-area-inset-bottom))] sm:py-10">
      {children}
      <div className="mt-3">
        <LanguageSwitch />
      </div>
    </main>
  );
}
