"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface PopoverProps {
  trigger: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  /** What it is, for those who do not see it. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** Something small that floats beside its button. */
export function Popover({ trigger, open, onOpenChange, align = "start", side = "bottom", ...rest }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={rest.label}
          className={classNames(
            "z-50 w-72 max-w-[calc(100vw-1rem)] animate-rise rounded-lg border border-line bg-raised p-3 shadow-float outline-none",
            rest.className,
          )}
        >
          {rest.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
