import type { ReactNode } from "react";
import { Mark } from "#components/ui/mark.tsx";

/** A few words in the middle of an empty pane, under the lattice. */
export function PaneNotice({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="grid min-h-0 flex-1 place-content-center justify-items-center gap-1 p-6 text-center">
      <Mark className="mb-3 size-12 text-celadon" />
      <h1 className="text-large font-bold tracking-tight">{title}</h1>
      <p className="max-w-80 text-small text-ink-soft">{hint}</p>
      {children && <div className="mt-4 flex gap-2">{children}</div>}
    </div>
  );
}
