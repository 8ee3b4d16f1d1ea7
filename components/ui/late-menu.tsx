"use client";

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

interface LateMenuProps {
  /** The button that opens it. */
  trigger: ReactElement<{ onClick?: () => void; "aria-haspopup"?: "menu"; "aria-expanded"?: boolean }>;
  /** A menu that is loaded lazily, for this trigger, and open from the start. */
  children: (trigger: ReactElement) => ReactNode;
}

/** A button whose menu is loaded when it is pressed for the first time: menus are a good part of what a first page would load. */
export function LateMenu({ trigger, children }: LateMenuProps) {
  const [isWanted, setWanted] = useState(false);
  const closed = cloneElement(trigger, {
    onClick: () => setWanted(true),
    "aria-haspopup": "menu",
    "aria-expanded": isWanted,
  });
  return isWanted ? <Suspense fallback={closed}>{children(trigger)}</Suspense> : closed;
}
