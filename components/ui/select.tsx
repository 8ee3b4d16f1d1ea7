"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { Control } from "./field.tsx";

interface SelectProps<Value extends string> extends Partial<Control> {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; hint?: string }[];
  disabled?: boolean;
  /** Its name where there is no label. */
  "aria-label"?: string;
}

/** One of a few. */
export function Select<Value extends string>({ value, onValueChange, options, disabled, ...rest }: SelectProps<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        {...rest}
        className="control flex h-11 w-full items-center justify-between gap-2 px-3 text-start text-body disabled:text-ink-soft sm:h-10"
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon>
          <ChevronDown size={17} aria-hidden="true" className="text-ink-soft" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) w-(--radix-select-trigger-width) min-w-56 animate-appear overflow-hidden rounded-lg border border-line bg-raised shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex min-h-10 items-center gap-2 rounded-md px-2.5 py-1.5 text-small outline-none select-none data-highlighted:bg-hover"
              >
                <div className="min-w-0 flex-1">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <p className="text-tiny text-ink-soft">{option.hint}</p>}
                </div>
                <Radix.ItemIndicator>
                  <Check size={17} aria-hidden="true" className="text-celadon" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
