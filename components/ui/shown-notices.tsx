"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { useCatalog } from "./i18n-provider.tsx";
import { onNotices, takeNotices } from "./notify.ts";

/** Notices as toasts. */
export function ShownNotices() {
  const { common } = useCatalog();
  useEffect(
    () =>
      onNotices(() => {
        for (const { text, tone } of takeNotices()) (tone === "error" ? toast.error : toast)(text);
      }),
    [],
  );
  return (
    <Sonner
      position="bottom-center"
      containerAriaLabel={common.notices}
      duration={4000}
      mobileOffset={{ bottom: "calc(env(safe-area-inset-bottom) + 5rem)" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-lg border border-line bg-raised px-4 py-3 text-small font-medium text-ink shadow-float data-[type=error]:text-danger",
        },
      }}
    />
  );
}
