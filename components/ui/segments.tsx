"use client";

import { useId } from "react";

interface SegmentsProps<Value extends string> {
  legend: string;
  value: Value;
  labels: Record<Value, string>;
  onChoose: (value: Value) => void;
}

/** One of two or three words in a row: radio buttons that look like one control. */
export function Segments<Value extends string>({ legend, value, labels, onChoose }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-small font-semibold">{legend}</legend>
      <div className="inline-flex max-w-full flex-wrap gap-1 rounded-lg border border-control-line p-0.75">
        {(Object.keys(labels) as Value[]).map((one) => (
          <label
            key={one}
            className="flex min-h-9 cursor-pointer items-center rounded-md px-3.5 text-ink-soft transition-colors hover:text-ink has-checked:bg-celadon-tint has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-celadon max-sm:min-h-10"
          >
            <input
              type="radio"
              name={name}
              checked={one === value}
              onChange={() => onChoose(one)}
              className="sr-only"
            />
            {labels[one]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
