import type { ReactNode } from "react";

interface Choice {
  value: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
}

interface ChoicesProps {
  legend: string;
  /** The field's name in the form. */
  name: string;
  initial: string;
  choices: readonly Choice[];
  onChoose?: (value: string) => void;
}

/** One of a few, each explained: radio buttons in rows. */
export function Choices({ legend, name, initial, choices, onChoose }: ChoicesProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-small font-semibold">{legend}</legend>
      <div className="overflow-hidden rounded-lg border border-line">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex cursor-pointer items-start gap-3 border-line px-3 py-2.5 not-first:border-t hover:bg-hover has-checked:bg-celadon-tint"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              defaultChecked={choice.value === initial}
              onChange={() => onChoose?.(choice.value)}
              className="mt-1 size-4 shrink-0"
            />
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-1.5 font-medium">
                {choice.label}
                {choice.icon && <span className="text-ink-soft">{choice.icon}</span>}
              </span>
              {choice.hint && <span className="block text-small text-ink-soft">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
