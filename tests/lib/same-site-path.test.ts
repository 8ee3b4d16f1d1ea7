import { expect, it } from "vitest";
import { sameSitePath } from "#lib/text/same-site-path.ts";

it("미나 comes back to the room she asked for, message, search and all", () => {
  expect(sameSitePath("/rooms/42/7?from=mail#end")).toBe("/rooms/42/7?from=mail#end");
});

it.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example/",
  "/\n//evil.example",
  "javascript:alert(1)",
  "rooms/42",
  "/..//evil.example",
  "/api/auth/signout",
  "",
  undefined,
])("a link that says next=%j sends nobody away", (next) => {
  expect(sameSitePath(next)).toBe("/");
});
