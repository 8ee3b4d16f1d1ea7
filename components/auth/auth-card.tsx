import type { ReactNode } from "react";
import { Mark } from "#components/ui/mark.tsx";

/** The door: one card with the mark, a heading and what there is to do. */
export function AuthCard({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="w-full max-w-105 rounded-2xl border border-line bg-raised px-6 pt-8 pb-7 sm:px-9 sm:pt-9">
      <Mark className="size-10 text-celadon" />
      <h1 className="mt-4 text-title font-bold tracking-tight text-balance">{title}</h1>
      <p className="mt-1 mb-6 text-ink-soft">{text}</p>
      {children}
    </section>
  );
}
