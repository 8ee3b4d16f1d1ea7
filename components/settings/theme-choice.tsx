"use client";

import { classNames } from "#components/ui/class-names.ts";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Theme } from "#lib/chat/person.ts";

/** Three small pictures of a room: in daylight, by lamplight, and half and half. */
export function ThemeChoice({ value, onChoose }: { value: Theme; onChoose: (theme: Theme) => void }) {
  const { appearance: words } = useWholeCatalog().settings;
  return (
    <fieldset>
      <legend className="mb-1.5 text-small font-semibold">{words.theme}</legend>
      <div className="grid max-w-md grid-cols-3 gap-3">
        {(["system", "light", "dark"] as const).map((theme) => (
          <label key={theme} className="group cursor-pointer">
            <input
              type="radio"
              name="theme"
              checked={theme === value}
              onChange={() => onChoose(theme)}
              className="peer sr-only"
            />
            <span className="relative block h-20 overflow-hidden rounded-lg border border-control-line peer-checked:border-celadon peer-checked:ring-2 peer-checked:ring-celadon peer-focus-visible:outline-2 peer-focus-visible:outline-offset-4 peer-focus-visible:outline-celadon">
              <Picture className={theme === "dark" ? "scheme-dark" : "scheme-light"} />
              {theme === "system" && <Picture className="scheme-dark [clip-path:polygon(100%_0,100%_100%,0_100%)]" />}
            </span>
            <span className="mt-1.5 block text-center text-small peer-checked:font-semibold">
              {words.themes[theme]}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Picture({ className }: { className: string }) {
  return (
    <span aria-hidden="true" className={classNames("absolute inset-0 grid grid-cols-[30%_1fr] bg-paper", className)}>
      <span className="border-e border-line bg-paper-sunken" />
      <span className="grid content-end gap-1.5 p-2">
        <span className="h-1.5 w-3/5 rounded-full bg-ink" />
        <span className="h-1.5 w-4/5 rounded-full bg-ink-soft" />
        <span className="h-2.5 rounded-sm border border-celadon" />
      </span>
    </span>
  );
}
