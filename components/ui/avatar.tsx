import type { CSSProperties } from "react";
import { initials } from "#lib/text/initials.ts";
import { classNames } from "./class-names.ts";

interface AvatarProps {
  name: string;
  size?: "small" | "medium" | "large";
  /** A dot in its corner. */
  presence?: "online" | "away";
  className?: string;
}

/** A tinted square with two letters. It stands beside the name, so it is silent for screen readers. */
export function Avatar({ name, size = "medium", presence, className }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      style={{ "--hue": hueOf(name) } as CSSProperties}
      className={classNames(
        "tinted relative inline-grid shrink-0 place-items-center font-semibold tracking-tight select-none",
        SIZES[size],
        className,
      )}
    >
      {initials(name)}
      {presence && (
        <span
          className={classNames(
            "absolute -end-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-paper",
            presence === "online" ? "bg-celadon" : "bg-ink-soft",
          )}
        />
      )}
    </span>
  );
}

const SIZES = {
  small: "size-6.5 rounded-md text-[0.6875rem]",
  medium: "size-9 rounded-lg text-small",
  large: "size-16 rounded-2xl text-title",
};

// Far enough apart to tell neighbours from each other, none of them the accent's or danger's own.
const HUES = [20, 60, 80, 110, 140, 200, 230, 260, 300, 350];

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name.normalize("NFC")) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] as number;
}
