import { expect } from "@playwright/test";
import { type Look, test } from "#tests/support/gallery.ts";
import { SCREENS } from "#tests/support/screens.ts";

const WIDTHS = [390, 820, 1440];
const THEMES = ["light", "dark"] as const;
const LANGUAGES = ["ko", "en"] as const;

/** Of these every combination is taken, of the others a phone and a desktop. */
const THOROUGH = ["room", "room-editing", "sign-in", "search-many"];

for (const screen of SCREENS) {
  test(`${screen.name} fits its window at every width, in pictures (tests/e2e/screens)`, async ({ gallery }) => {
    for (const look of THOROUGH.includes(screen.name) ? everyLook() : usualLooks()) {
      const file = `tests/e2e/screens/${screen.name}-${look.width}-${look.theme}-${look.language}.png`;
      await gallery.visit(screen, look, async (page) => {
        await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(beyond, `pixels beyond the window in ${file}`).toBeLessThanOrEqual(0);
      });
    }
  });
}

function usualLooks(): Look[] {
  return [
    { width: 390, theme: "light", language: "ko" },
    { width: 1440, theme: "light", language: "ko" },
  ];
}

function everyLook(): Look[] {
  return WIDTHS.flatMap((width) =>
    THEMES.flatMap((theme) => LANGUAGES.map((language) => ({ width, theme, language }))),
  );
}
