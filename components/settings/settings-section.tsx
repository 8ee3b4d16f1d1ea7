import type { ReactNode } from "react";

export function SettingsSection({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="mt-8 border-t border-line pt-6">
      <h2 className="font-bold">{title}</h2>
      <p className="mt-0.5 mb-4 text-small text-ink-soft">{text}</p>
      {children}
    </section>
  );
}
