"use client";

import { type ComponentType, useEffect, useState } from "react";
import { onNotices } from "./notify.ts";

/**
 * Where notices appear. Rendered once, by the root layout. Its code comes with the first press or key: too late to count into a first
 * load, and early enough to say something when the connection has gone.
 */
export function Toaster() {
  const [Shown, setShown] = useState<ComponentType>();
  useEffect(() => {
    if (Shown) return;
    const load = () =>
      void import("./shown-notices.tsx").then(
        ({ ShownNotices }) => setShown(() => ShownNotices),
        // Not to be had now. Notices wait, and the next press, key or notice tries again.
        () => undefined,
      );
    const stop = onNotices(load);
    addEventListener("pointerdown", load);
    addEventListener("keydown", load);
    return () => {
      stop();
      removeEventListener("pointerdown", load);
      removeEventListener("keydown", load);
    };
  }, [Shown]);
  return Shown && <Shown />;
}
