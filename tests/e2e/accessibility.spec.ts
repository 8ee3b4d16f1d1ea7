import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { test } from "#tests/support/gallery.ts";
import { SCREENS } from "#tests/support/screens.ts";

for (const theme of ["light", "dark"] as const) {
  for (const screen of SCREENS) {
    test(`axe finds nothing on ${screen.name} (${theme}), and the browser complains about nothing`, async ({
      gallery,
    }) => {
      const offences = await gallery.visit(screen, { width: 1440, theme, language: "ko" }, async (page) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
        expect(found).toEqual([]);
      });
      expect(offences).toEqual([]);
    });
  }
}

test("axe finds nothing in the room on a phone", async ({ gallery }) => {
  for (const screen of SCREENS.filter(({ name }) => ["rooms", "room", "room-people"].includes(name))) {
    await gallery.visit(screen, { width: 390, theme: "light", language: "en" }, async (page) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => `${screen.name}: ${id}`)).toEqual([]);
    });
  }
});
