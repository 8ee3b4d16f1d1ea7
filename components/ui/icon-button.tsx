import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** Its name for everybody: read out and shown as a tooltip. */
  label: string;
  size?: "small" | "medium";
  /** The tooltip's side; `none` for none. */
  side?: "top" | "bottom" | "left" | "right" | "none";
  children: ReactNode;
}

/** A square button that carries only an icon. Works as the child of `DialogTrigger asChild` and the like. */
export function IconButton({ label, size = "medium", side = "top", className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      data-tooltip={side === "none" ? undefined : label}
      data-tooltip-side={side}
      className={classNames(
        "inline-grid shrink-0 place-items-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink",
        "aria-pressed:bg-celadon-tint aria-pressed:text-celadon data-[state=open]:bg-hover data-[state=open]:text-ink",
        "disabled:cursor-not-allowed disabled:text-control-line disabled:hover:bg-transparent",
        size === "small" ? "size-8" : "size-9 max-sm:size-11",
        className,
      )}
    >
      {children}
    </button>
  );
}
