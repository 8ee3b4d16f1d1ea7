import { join } from "node:path";
import { defineConfig } from "vitest/config";

// What is proven on commands and servers in processes of their own takes as long as those do: it is a stage of its own, not in front of every commit.
const PROCESSES = [
  ...["attacks", "bench", "bin", "cli", "interop", "lint"].map((folder) => `tests/${folder}/**/*.test.ts`),
  // Its server is killed in the middle of a burst.
  "tests/lib/chat-client.test.ts",
];

// A list of a hundred rules, each over both carriers and in every version it names.
const CONFORMANCE = ["tests/conformance/**/*.test.ts"];

// Long by design: a stage of its own in `npm test`.
const FUZZ = ["tests/fuzz/**/*.test.ts"];

// Brokers and databases of their own: three Java machines at once are too many for two cores.
const SERVICES = ["tests/services/**/*.test.ts"];

// What holds of both databases, on the other one; and what only that one can show.
const ON_POSTGRES = ["tests/chat", "tests/store/contract", "tests/services/postgres"].map(
  (folder) => `${folder}/**/*.test.ts`,
);
const FAULTS = ["tests/faults/*.test.ts"];

// What takes long, or thousands of connections: only with `npm run test:faults -- --all`.
const LONG_FAULTS = ["tests/faults/long/*.test.ts"];

/** Each file in its turn, after everything that shares the machine. */
const ONE_BY_ONE = { fileParallelism: false, sequence: { groupOrder: 1 } };

/** What is waited for are services that start, so two files go beside each other. */
const TWO_AT_ONCE = { maxWorkers: 2, sequence: { groupOrder: 1 } };

const OTHERS = [...PROCESSES, ...CONFORMANCE, ...FUZZ, ...SERVICES, ...FAULTS, ...LONG_FAULTS];

const faults = process.env.FAULTS === "all" ? [...FAULTS, ...LONG_FAULTS] : FAULTS;

/** Engines may be silent for seconds where a shared machine takes both processors away; "retry" in the output says what needed it. What breaks things on purpose never tries twice. */
const ONCE_MORE_IN_CI = { retry: process.env.CI ? 1 : 0 };

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
    // As bin/start.mjs: every store that a test opens starts two threads, and half of their start is compiling.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/compiled") },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/**/*.test.ts"], exclude: OTHERS },
      },
      { extends: true, test: { name: "processes", include: PROCESSES } },
      { extends: true, test: { name: "conformance", include: CONFORMANCE } },
      { extends: true, test: { name: "fuzz", include: FUZZ } },
      {
        extends: true,
        test: {
          name: "services",
          include: SERVICES,
          exclude: ["tests/services/postgres/**"],
          ...TWO_AT_ONCE,
          ...ONCE_MORE_IN_CI,
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: ON_POSTGRES,
          globalSetup: ["tests/support/services/provide-postgres.ts"],
          sequence: { groupOrder: 2 },
          ...ONCE_MORE_IN_CI,
        },
      },
      { extends: true, test: { name: "faults", include: faults, ...ONE_BY_ONE } },
    ],
  },
});
