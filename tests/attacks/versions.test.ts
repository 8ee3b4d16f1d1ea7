import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const read = (path: string) => JSON.parse(readFileSync(join(import.meta.dirname, "../..", path), "utf8"));

/** Below these there are known holes. */
const FLOORS = { next: "16.4.6", ws: "8.21.1", "drizzle-orm": "0.45.2" };

test.each(Object.entries(FLOORS))("A40 every %s in the lock file is at least %s", (name, floor) => {
  const packages = Object.entries<{ version: string }>(read("package-lock.json").packages);
  const versions = packages.filter(([path]) => path.endsWith(`node_modules/${name}`)).map(([, { version }]) => version);
  expect(versions).not.toEqual([]);
  expect(versions.filter((version) => isBelow(version, floor))).toEqual([]);
});

test("A40 install scripts run for the pinned Node alone", () => {
  const allowed = Object.entries(read("package.json").allowScripts).filter(([, isAllowed]) => isAllowed);
  expect(allowed.map(([name]) => name)).toEqual(["node"]);
});

function isBelow(version: string, floor: string): boolean {
  return version.localeCompare(floor, "en", { numeric: true }) < 0;
}
