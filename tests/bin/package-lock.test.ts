import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("package-lock.json lists the binary packages of every system, for any Node that runs npm, so that npm ci works on all of them", () => {
  const { stderr, status } = spawnSync(process.execPath, ["bin/enter.cjs", "complete-lockfile", "--check"], {
    encoding: "utf8",
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});
