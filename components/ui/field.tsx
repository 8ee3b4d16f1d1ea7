"use client";

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

export interface Control {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: string;
  /** One sentence; takes the hint's place. */
  error?: string;
  hint?: string;
  className?: string;
  /** Gets what the input needs to belong to label and sentence. */
  children: (control: Control) => ReactNode;
}

/** A label, its input, and a line under it that is always there: an error never moves what is below. */
export function Field({ label, error, hint, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-small font-semibold">
        {label}
      </label>
      {children({ id, "aria-describedby": note && `${id}-note`, "aria-invalid": error ? true : undefined })}
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={classNames(
          "mt-1 min-h-5 text-tiny",
          // As far to the next field, whether or not something stands here.
          hint ? "mb-4" : "mb-1.5",
          error ? "text-danger" : "text-ink-soft",
        )}
      >
        {note}
      </p>
    </div>
  );
}
