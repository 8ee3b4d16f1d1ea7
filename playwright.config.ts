import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

/** Given by `npm test`, which has found or installed one; looked for when Playwright is started by hand. */
const executablePath =
  process.env.SARANGBANG_CHROMIUM ??
  execFileSync(process.execPath, ["bin/enter.cjs", "chromium"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results/browser",
  workers: 2,
  // A shared machine may take both processors away for seconds; npm test says what needed the second try.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
