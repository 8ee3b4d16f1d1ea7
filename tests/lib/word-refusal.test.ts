import { describe, expect, it } from "vitest";
import { REFUSAL_CODES, Refusal } from "#lib/chat/refusal.ts";
import { en } from "#lib/i18n/en.ts";
import { ko } from "#lib/i18n/ko.ts";
import { wordRefusal } from "#lib/i18n/word-refusal.ts";

describe.each([
  ["ko", ko],
  ["en", en],
] as const)("in %s", (_language, catalog) => {
  it.each(REFUSAL_CODES)("%s is said in a sentence of its own", (code) => {
    expect(wordRefusal(catalog, new Refusal(code))).toBe(catalog.refusals[code]);
    expect(wordRefusal(catalog, new Refusal(code))).toMatch(/\.$/);
  });

  it("준, who was too fast, is told how long to wait", () => {
    expect(wordRefusal(catalog, new Refusal("rate-limited", { retryAfter: 12 }))).toContain("12");
  });

  it("미나, whose network is gone, is not told that the server is busy", () => {
    expect(wordRefusal(catalog, new Refusal("busy", { field: "connection" }))).toBe(catalog.common.unreachable);
  });
});
