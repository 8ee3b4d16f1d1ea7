"use client";

import { type ComponentType, useEffect, useEffectEvent, useState } from "react";
import { useLoad } from "./use-load.ts";

interface OpenProps {
  onOpenChange: (open: boolean) => void;
}

/** A dialog whose code is loaded when it is opened: nobody needs it to read a room. It closes again when it cannot be loaded. */
export function lateDialog<Props extends OpenProps>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return (props) => <LateDialog load={load} props={props} />;
}

interface LateDialogProps<Props> {
  load: () => Promise<ComponentType<Props>>;
  props: Props;
}

function LateDialog<Props extends OpenProps>({ load, props }: LateDialogProps<Props>) {
  const [Dialog, setDialog] = useState<ComponentType<Props>>();
  const loadPart = useLoad();
  const come = useEffectEvent((loaded: ComponentType<Props> | undefined) => {
    if (loaded) setDialog(() => loaded);
    else props.onOpenChange(false);
  });
  useEffect(() => {
    let isWanted = true;
    void loadPart(load).then((loaded) => isWanted && come(loaded));
    return () => {
      isWanted = false;
    };
  }, [load, loadPart]);
  return Dialog && <Dialog {...props} />;
}
