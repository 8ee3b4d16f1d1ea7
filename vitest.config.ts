import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/e2e/**", "node_modules/**"],
    pool: "threads",
    // About ten times faster than isolated on two cores; so tests keep no state in modules.
    isolate: false,
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
