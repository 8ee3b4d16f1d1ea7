import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { INBOX, REFUSALS, roomActivity, roomStream, roomVerb } from "#lib/chat/destinations.ts";
import { REFUSAL_CODES } from "#lib/chat/refusal.ts";
import { closeCode } from "#server/gateway/refused.ts";
import { SETTINGS } from "#server/settings.ts";

const PAGE = readFileSync("docs/protocol.md", "utf8");
const rows = PAGE.split("\n").filter((line) => line.startsWith("| "));

/** Cells of the rows whose first one is code of this kind. */
const table = (first: RegExp) =>
  rows.map((row) => row.slice(2, -2).split(" | ")).filter(([name = ""]) => first.test(name));

test("docs/protocol.md has every code of a refusal, in order, with the code that the WebSocket is closed with", () => {
  const codes = table(/^`[a-z-]+`$/).filter((cells) => /^\d{4}$/.test(cells[2] ?? ""));
  expect(codes.map(([code, , close]) => [code, close])).toEqual(
    REFUSAL_CODES.map((code) => [`\`${code}\``, String(closeCode(code))]),
  );
});

test("docs/protocol.md names the defaults of the limits that there are", () => {
  const limits = table(/^`[A-Z_]+`$/);
  const settings = new Map(SETTINGS.map((setting) => [`\`${setting.name}\``, `\`${setting.default}\``]));
  expect(limits.length).toBeGreaterThan(15);
  expect(limits.map(([name = "", value]) => [name, value])).toEqual(
    limits.map(([name = ""]) => [name, settings.get(name)]),
  );
});

test("docs/protocol.md names every destination and no other", () => {
  const named = table(/^`\//).map(([destination]) => destination);
  const verbs = (["post", "edit", "delete", "typing", "read"] as const).map((verb) => roomVerb("{id}", verb));
  const all = [roomStream("{id}"), roomActivity("{id}"), INBOX, REFUSALS, ...verbs];
  expect(named).toEqual(all.map((destination) => `\`${destination}\``));
});
