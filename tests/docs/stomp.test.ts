import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES } from "#tests/conformance/rules.ts";
import { stompPage, testsOfRules } from "#tests/conformance/stomp-page.ts";

test("docs/stomp.md is what npm run docs:stomp writes", () => {
  expect(readFileSync("docs/stomp.md", "utf8")).toBe(stompPage());
});

test("every rule of STOMP that docs/stomp.md names has a test", () => {
  const tests = testsOfRules();
  expect(Object.keys(RULES).filter((id) => !tests.has(id))).toEqual([]);
});
