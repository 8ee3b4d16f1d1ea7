"use client";

import type { ComponentType } from "react";
import { useLatePart } from "./use-late-part.ts";

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
  const Dialog = useLatePart(load, () => props.onOpenChange(false));
  return Dialog && <Dialog {...props} />;
}
