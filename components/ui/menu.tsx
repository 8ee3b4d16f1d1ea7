"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  /** For a menu that is loaded when it is wanted (LateMenu). */
  defaultOpen?: boolean;
  children: ReactNode;
}

export function Menu({ trigger, align = "start", side = "bottom", defaultOpen, children }: MenuProps) {
  return (
    <Radix.Root modal={false} defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Inside the landmark: what floats belongs to the page's content for those who jump from region to region. */}
      <Radix.Portal container={typeof document === "undefined" ? undefined : document.querySelector("main")}>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-rise overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  icon?: ReactNode;
  tone?: "plain" | "danger";
}

/** One thing to do. With `asChild`, give a link as the only child and no icon. */
export function MenuItem({ icon, tone = "plain", className, children, asChild, ...rest }: MenuItemProps) {
  return (
    <Radix.Item
      {...rest}
      asChild={asChild}
      className={classNames(
        "flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-small outline-none select-none max-sm:min-h-11",
        "data-highlighted:bg-hover data-disabled:text-control-line",
        tone === "danger" ? "text-danger" : "text-ink",
        className,
      )}
    >
      {asChild ? (
        children
      ) : (
        <>
          {icon && <span className="text-ink-soft [&>svg]:size-4.5">{icon}</span>}
          {children}
        </>
      )}
    </Radix.Item>
  );
}

/** Why something in the menu cannot be done. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <Radix.Label className="max-w-64 px-2.5 pt-0.5 pb-2 text-tiny text-ink-soft">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="mx-2 my-1 h-px bg-line" />;
}
