"use client";

import { Segments } from "#components/ui/segments.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useWholeCatalog } from "#components/ui/use-whole-catalog.ts";
import type { Preferences } from "#lib/chat/person.ts";
import { ThemeChoice } from "./theme-choice.tsx";
import { usePreferences } from "./use-preferences.ts";

/** How the place looks and speaks. Everything takes effect at once, on all devices. */
export function AppearanceForm({ saved }: { saved: Preferences }) {
  const { appearance: words } = useWholeCatalog().settings;
  const { preferences, change } = usePreferences(saved);
  return (
    <div className="grid gap-7">
      <ThemeChoice value={preferences.theme} onChoose={(theme) => change({ theme })} />
      <Segments
        legend={words.language}
        value={preferences.language ?? "browser"}
        labels={words.languages}
        onChoose={(language) => change({ language: language === "browser" ? null : language })}
      />
      <Segments
        legend={words.clock}
        value={preferences.clock}
        labels={words.clocks}
        onChoose={(clock) => change({ clock })}
      />
      <Segments
        legend={words.density}
        value={preferences.density}
        labels={words.densities}
        onChoose={(density) => change({ density })}
      />
      <div className="border-t border-line pt-4">
        <Switch
          label={words.enterSends}
          hint={words.enterSendsHint}
          checked={preferences.enterSends}
          onCheckedChange={(enterSends) => change({ enterSends })}
        />
      </div>
    </div>
  );
}
