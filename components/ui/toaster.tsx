"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onNotices } from "./notify.ts";

const ShownNotices = dynamic(() => import("./shown-notices.tsx").then((file) => file.ShownNotices), { ssr: false });

/** Where notices appear. Rendered once, by the root layout; most visits never need its code. */
export function Toaster() {
  const [isNeeded, setNeeded] = useState(false);
  useEffect(() => (isNeeded ? undefined : onNotices(() => setNeeded(true))), [isNeeded]);
  return isNeeded && <ShownNotices />;
}
