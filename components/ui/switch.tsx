"use client";

import { Switch as Radix } from "radix-ui";
import { useId } from "react";

interface SwitchProps {
  label: string;
  hint?: string;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** A line of words with a switch at its end; takes effect at once. */
export function Switch({ label, hint, checked, onCheckedChange, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-4 py-2">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block font-medium">{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-small text-ink-soft">
            {hint}
          </span>
        )}
      </label>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        aria-describedby={hint && `${id}-hint`}
        className="relative h-6 w-10.5 shrink-0 rounded-full border border-control-line bg-paper transition-colors data-[state=checked]:border-celadon data-[state=checked]:bg-celadon"
      >
        <Radix.Thumb className="block size-4 translate-x-1 rounded-full bg-ink-soft transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
    </div>
  );
}
