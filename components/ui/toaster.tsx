"use client";

import { Toaster as Sonner } from "sonner";
import { useCatalog } from "./i18n-provider.tsx";

/** Where `toast(…)` of sonner appears. Rendered once, by the root layout. */
export function Toaster() {
  const { common } = useCatalog();
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
