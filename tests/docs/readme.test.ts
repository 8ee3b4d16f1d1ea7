import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { SETTINGS } from "#server/settings.ts";

const PAGES = [
  "README.md",
  "README.ko.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "docs/backup.md",
  "docs/docker.md",
  "docs/metrics.md",
  "docs/protocol.md",
  "docs/stomp.md",
];

test("the README's configuration table has a row for every setting, in order, with its default and meaning, and no other", () => {
  const rows = SETTINGS.map((setting) => `| \`${setting.name}\` | ${defaultOf(setting)} | ${setting.meaning} |`);
  expect(table("README.md")).toEqual(rows);
});

test("the Korean README's table has a row for every setting with its default", () => {
  expect(table("README.ko.md")).toEqual(SETTINGS.map((setting) => `| \`${setting.name}\` | ${defaultOf(setting)} |`));
});

for (const page of PAGES) {
  test(`every file that ${page} names exists`, () => {
    const text = readFileSync(page, "utf8");
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => join(dirname(page), path));
    const files = text.match(/(?<![\w/.-])(?:app|bin|components|drizzle|lib|server|tests)\/[\w./-]*\w\.\w+/g) ?? [];
    const folders = [...text.matchAll(/`((?:app|bin|components|drizzle|lib|server|tests)\/[\w./-]*)`/g)].map(
      ([, path = ""]) => path,
    );
    // Written by the browser tests and ignored by git: tests/e2e/screens.
    const named = [...links, ...files, ...folders].filter((path) => !path.startsWith("tests/e2e/screens"));
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
}

/** The rows whose first cell is the name of an environment variable. */
function table(page: string): string[] {
  return readFileSync(page, "utf8")
    .split("\n")
    .filter((line) => /^\| `[A-Z]/.test(line));
}

function defaultOf({ default: value, defaultInWords }: { default: string; defaultInWords?: string }): string {
  return defaultInWords ?? (value === "" ? "–" : `\`${value}\``);
}
