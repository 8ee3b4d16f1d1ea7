"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ComponentProps, ReactElement } from "react";

interface TooltipProps extends ComponentProps<typeof Radix.Trigger> {
  text: string;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactElement;
}

/** A few words beside a control on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, side = "top", children, ...rest }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild {...rest}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-64 animate-appear rounded-md bg-ink px-2.5 py-1 text-tiny font-medium text-paper shadow-float"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Once around everything, in the root layout: neighbours show without delay. */
export function TooltipProvider({ children }: { children: React.ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200} disableHoverableContent>
      {children}
    </Radix.Provider>
  );
}
