import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

interface EmptyProps {
  title: string;
  text: string;
  /** h1 where it is the whole page. */
  heading?: "h1" | "h2";
  /** What one can do instead. */
  children?: ReactNode;
}

/** Where there is nothing to show: the lattice, a sentence, and a way on. */
export function Empty({ title, text, heading: Heading = "h2", children }: EmptyProps) {
  return (
    <div className="grid justify-items-center px-6 py-10 text-center">
      <Mark className="size-12 text-celadon" />
      <Heading className="mt-5 text-large font-bold tracking-tight text-balance">{title}</Heading>
      <p className="mt-1 max-w-md text-balance text-ink-soft">{text}</p>
      {children && <div className="mt-6 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
