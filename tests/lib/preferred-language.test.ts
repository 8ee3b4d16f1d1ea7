import { expect, it } from "vitest";
import { preferredLanguage } from "#lib/i18n/preferred-language.ts";

it.each([
  ["ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"],
  ["en-US,en;q=0.9,ko;q=0.8", "en"],
  ["fr-FR, ko;q=0.5, en;q=0.3", "ko"],
  ["en;q=0.2,ko;q=0.7", "ko"],
  ["ko;q=0, fr", "en"],
  ["de-DE,de", "en"],
  ["KO", "ko"],
  ["", "en"],
  [";;,=,q", "en"],
] as const)("a browser that asks for %j is spoken to in %s", (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
