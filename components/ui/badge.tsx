import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A word or a number in a pill. */
export function Badge({ tone = "plain", children }: { tone?: "plain" | "accent"; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-grid h-5 min-w-5 shrink-0 place-items-center rounded-full px-1.5 text-tiny font-semibold whitespace-nowrap tabular-nums",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

const TONES = {
  plain: "bg-code text-ink-soft",
  accent: "bg-celadon-tint text-celadon",
};
