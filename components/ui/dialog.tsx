"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useContext, useRef } from "react";
import { classNames } from "./class-names.ts";
import { DialogOpener, whatOpenedIt } from "./dialog-opener.ts";
import { useCatalog } from "./i18n-provider.tsx";
import { IconButton } from "./icon-button.tsx";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** Wide for lists and two columns. */
  wide?: boolean;
  children: ReactNode;
}

/** A dialog on wide screens, a sheet from below on phones. Scrolls inside; Esc and a click beside it close it. */
export function Dialog({ open, onOpenChange, title, description, wide = false, children }: DialogProps) {
  const { common } = useCatalog();
  const asked = useContext(DialogOpener);
  const opener = useRef<HTMLElement>(null);
  // A message's tools go with the focus, and so does its editor when the message is deleted; the message stays.
  const around = useRef<HTMLElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-appear grid-rows-1 place-items-center bg-scrim max-sm:items-end sm:p-6">
          <Radix.Content
            {...(description ? {} : { "aria-describedby": undefined })}
            onOpenAutoFocus={(event) => {
              opener.current = asked ?? whatOpenedIt();
              around.current = opener.current?.closest<HTMLElement>("article") ?? null;
              focusFirstInput(event);
            }}
            // Radix only knows a trigger of its own, and would leave the focus nowhere.
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              (opener.current?.isConnected ? opener.current : around.current)?.focus();
            }}
            className={classNames(
              "relative flex max-h-full w-full animate-rise flex-col overflow-hidden border border-line bg-raised shadow-dialog outline-none",
              "rounded-2xl max-sm:max-h-[calc(100dvh-2.5rem)] max-sm:rounded-b-none max-sm:border-x-0 max-sm:border-b-0",
              wide ? "sm:max-w-xl" : "sm:max-w-md",
            )}
          >
            <div className="pt-5 ps-5 pe-16 pb-3 sm:ps-6">
              <Radix.Title className="text-large font-bold tracking-tight">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-small text-ink-soft">{description}</Radix.Description>
              )}
            </div>
            {children}
            {/* Last, so that what the dialog is for has the focus first. */}
            <Radix.Close asChild>
              <IconButton label={common.close} side="none" className="absolute end-3 top-3 sm:end-4 sm:top-4">
                <X size={19} aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

// On a touch screen an input that has the focus brings up the keyboard over half of what was just opened.
function focusFirstInput(event: Event) {
  event.preventDefault();
  const dialog = event.target as HTMLElement;
  const mayType = !window.matchMedia("(pointer: coarse)").matches;
  const first = mayType ? dialog.querySelector<HTMLElement>("input, textarea, [role=combobox]") : null;
  (first ?? dialog).focus();
}

/** The part of a dialog that scrolls. */
export function DialogBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={classNames("min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5 sm:px-6", className)}>{children}</div>
  );
}

/** The row of buttons at its end, always in sight. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-center justify-end gap-2 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6">
      {children}
    </div>
  );
}
