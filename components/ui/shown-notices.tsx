"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { useCatalog } from "./i18n-provider.tsx";
import { type Notice, onNotices, takeNotices } from "./notify.ts";

const BELOW_HEADER = "calc(env(safe-area-inset-top) + 4.25rem)";

/** Notices as toasts. */
export function ShownNotices() {
  const { common } = useCatalog();
  useEffect(
    () =>
      onNotices(() => {
        for (const notice of takeNotices()) show(notice);
      }),
    [],
  );
  return (
    <Sonner
      // Under the headers, where neither what one writes nor what one presses is: covered are only words one can scroll.
      position="top-right"
      containerAriaLabel={common.notices}
      duration={4000}
      style={{ fontFamily: "inherit" }}
      offset={{ top: BELOW_HEADER }}
      mobileOffset={{ top: BELOW_HEADER }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-lg border border-line bg-raised px-4 py-3 text-small font-medium text-ink shadow-float data-[type=error]:text-danger",
          content: "min-w-0 flex-1",
          actionButton: "-my-1.5 shrink-0 rounded-md px-2.5 py-1.5 font-semibold text-celadon hover:bg-hover",
        },
      }}
    />
  );
}

function show({ text, tone, action }: Notice): void {
  const gone = () => action?.otherwise?.();
  (tone === "error" ? toast.error : toast)(text, {
    action: action && { label: action.label, onClick: action.run },
    onAutoClose: gone,
    onDismiss: gone,
  });
}
