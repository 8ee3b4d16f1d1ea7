"use client";

import { type ComponentType, useEffect, useEffectEvent, useState } from "react";
import { useLoad } from "./use-load.ts";

/** A part whose code is loaded when it is first shown; undefined until then. When it cannot be loaded, which people are told, `onMissing` takes it back. */
export function useLatePart<Props>(
  load: () => Promise<ComponentType<Props>>,
  onMissing: () => void,
): ComponentType<Props> | undefined {
  const [Part, setPart] = useState<ComponentType<Props>>();
  const loadPart = useLoad();
  const come = useEffectEvent((loaded: ComponentType<Props> | undefined) => {
    if (loaded) setPart(() => loaded);
    else onMissing();
  });
  useEffect(() => {
    let isWanted = true;
    void loadPart(load).then((loaded) => isWanted && come(loaded));
    return () => {
      isWanted = false;
    };
  }, [load, loadPart]);
  return Part;
}
