import { defineConfig } from "vitest/config";

// What is proven by starting a process for every question takes as long as the processes do: it runs beside the rest, not in front of everyone.
const PROCESSES = ["bench", "bin", "cli", "interop", "lint"].map((folder) => `tests/${folder}/**/*.test.ts`);

// A list of a hundred rules, each over both carriers and in every version it names.
const CONFORMANCE = ["tests/conformance/**/*.test.ts"];

// Long by design: a stage of its own in `npm test`.
const FUZZ = ["tests/fuzz/**/*.test.ts"];

export default defineConfig({
  test: {
    pool: "threads",
    // About ten times faster than isolated on two cores; so tests keep no state in modules.
    isolate: false,
    // Most of the time goes by waiting for servers and commands that were started.
    maxWorkers: 4,
    // Hangs are to be found, not slowness: a busy machine with cold caches takes ten times as long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/**/*.test.ts"], exclude: [...PROCESSES, ...CONFORMANCE, ...FUZZ] },
      },
      { extends: true, test: { name: "processes", include: PROCESSES } },
      { extends: true, test: { name: "conformance", include: CONFORMANCE } },
      { extends: true, test: { name: "fuzz", include: FUZZ } },
    ],
  },
});
