"use client";

import { cloneElement, type ReactElement, type ReactNode, useState } from "react";
import { useLoad } from "./use-load.ts";

interface LateMenuProps<File> {
  /** The button that opens it. */
  trigger: ReactElement<{ onClick?: () => void; "aria-haspopup"?: "menu"; "aria-expanded"?: boolean }>;
  load: () => Promise<File>;
  /** The menu out of the loaded file, for this trigger, and open from the start. */
  children: (file: File, trigger: ReactElement) => ReactNode;
}

/** A button whose menu is loaded when it is pressed for the first time: menus are a good part of what a first page would load. */
export function LateMenu<File>({ trigger, load, children }: LateMenuProps<File>) {
  const [file, setFile] = useState<File>();
  const [isLoading, setLoading] = useState(false);
  const loadPart = useLoad();
  if (file) return children(file, trigger);
  async function open() {
    if (isLoading) return;
    setLoading(true);
    setFile(await loadPart(load));
    setLoading(false);
  }
  return cloneElement(trigger, { onClick: open, "aria-haspopup": "menu", "aria-expanded": false });
}
