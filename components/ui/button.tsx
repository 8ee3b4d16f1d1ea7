import type { ComponentProps, MouseEvent } from "react";
import { classNames } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";

type Variant = "primary" | "secondary" | "quiet" | "danger";
type Size = "small" | "medium" | "large";

interface ButtonProps extends ComponentProps<"button"> {
  variant?: Variant;
  size?: Size;
  /** Shows that it works and refuses clicks, but keeps focus and size. */
  busy?: boolean;
}

export function Button({
  variant = "secondary",
  size = "medium",
  busy = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? refuse : onClick}
      className={classNames(buttonClass(variant, size), className)}
    >
      <span className={classNames("inline-flex min-w-0 items-center justify-center gap-2", busy && "opacity-0")}>
        {children}
      </span>
      {busy && <Spinner className="absolute" />}
    </button>
  );
}

/** The look of a button, for links. */
export function buttonClass(variant: Variant = "secondary", size: Size = "medium"): string {
  return classNames(BASE, VARIANTS[variant], SIZES[size]);
}

// data-waiting: a button that only waits for its code to load looks as it will.
const BASE =
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-semibold whitespace-nowrap transition-colors select-none disabled:not-data-waiting:cursor-not-allowed disabled:not-data-waiting:border disabled:not-data-waiting:border-line disabled:not-data-waiting:bg-paper-sunken disabled:not-data-waiting:text-ink-soft";

const VARIANTS: Record<Variant, string> = {
  primary: "bg-celadon text-on-accent hover:bg-[color-mix(in_oklch,var(--color-celadon),var(--color-ink)_12%)]",
  secondary: "border border-control-line bg-raised text-ink hover:bg-hover",
  quiet: "text-ink hover:bg-hover",
  danger: "bg-danger text-on-accent hover:bg-[color-mix(in_oklch,var(--color-danger),var(--color-ink)_12%)]",
};

const SIZES: Record<Size, string> = {
  small: "h-8 px-3 text-small",
  medium: "h-10 px-4 text-body max-sm:h-11",
  large: "h-11 px-5 text-body",
};

function refuse(event: MouseEvent) {
  event.preventDefault();
}
