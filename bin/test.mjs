import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "./chromium.mjs";
import { faultTools } from "./fault-tools.mjs";
import { install, NODE } from "./install.mjs";
import { ROOT, run } from "./run.mjs";
import { services } from "./services.mjs";
import { stompClients } from "./stomp-clients.mjs";

const bin = (path) => join(ROOT, "node_modules", path);
const BROWSER_REPORT = join(ROOT, "test-results", "browser.json");

/**
 * What `npm test` runs. A stage without a report counts as one test. Every stage runs, whatever the earlier ones said, except
 * that the browser needs a build.
 */
const STAGES = [
  { name: "lint", args: [bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"] },
  { name: "types", args: [bin("typescript/bin/tsc"), "--noEmit"] },
  { name: "dead code", args: [bin("knip/bin/knip.js")] },
  { name: "migrations", args: ["bin/enter.cjs", "migrations", "--check"] },
  vitest("unit"),
  vitest("processes"),
  vitest("conformance"),
  vitest("fuzz"),
  vitest("services"),
  vitest("postgres"),
  vitest("faults"),
  { name: "build", args: ["bin/enter.cjs", "build"] },
  {
    name: "browser",
    args: [bin("@playwright/test/cli.js"), "test", "--reporter=list,json"],
    needs: "build",
    report: BROWSER_REPORT,
    count: countBrowser,
  },
];

/** The stage of one of Vitest's projects. */
function vitest(project, ...flags) {
  const report = join(ROOT, "test-results", `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${report}`];
  return {
    name: project,
    args: [bin("vitest/vitest.mjs"), "run", "--project", project, ...reporters, ...flags],
    report,
    count: countVitest,
  };
}

/**
 * `npm test`, the whole proof: ends with one line, `N passed, N failed`. Words choose stages by name, as `npm run check` does; `--all` lets the
 * faults take the rows that are too long for every run.
 */
export async function main(words) {
  await install();
  const names = words.filter((word) => word !== "--all");
  const stages = STAGES.filter(({ name }) => names.length === 0 || names.includes(name));
  const env = { ...(await environment(stages)), ...(words.includes("--all") ? { FAULTS: "all" } : {}) };
  if (stages.some(({ name }) => name === "processes")) await stompClients();
  if (stages.some(({ name }) => ["services", "postgres", "faults"].includes(name))) await services();
  if (stages.some(({ name }) => name === "faults")) await faultTools(words.includes("--all"));
  const results = new Map();
  for (const stage of stages) {
    const broken = results.get(stage.needs)?.failed > 0;
    results.set(stage.name, broken ? { passed: 0, failed: 1, why: `no ${stage.needs}` } : await runStage(stage, env));
  }
  conclude(results);
}

/** The pinned Node first, for whatever the tools start by themselves. */
async function environment(stages) {
  const path = [bin(".bin"), process.env.PATH].join(delimiter);
  const browser = stages.some(({ name }) => name === "browser") ? { SARANGBANG_CHROMIUM: await chromium() } : {};
  return { ...process.env, ...browser, PATH: path, PLAYWRIGHT_JSON_OUTPUT_NAME: BROWSER_REPORT };
}

async function runStage({ name, args, report, count }, env) {
  console.log(`\n── ${name} ──`);
  if (report) rmSync(report, { force: true });
  const began = Date.now();
  const { code } = await run(NODE, args, { env, echo: process.stdout });
  const seconds = Math.round((Date.now() - began) / 1000);
  const counted =
    report && existsSync(report) ? count(JSON.parse(readFileSync(report, "utf8"))) : { passed: 0, failed: 0 };
  const { passed, failed } = report ? counted : { passed: code === 0 ? 1 : 0, failed: 0 };
  // An error outside of any test, or no report at all, shows only in the exit code.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, seconds };
}

/** A test that was skipped proves nothing, so it counts as failed. */
function countVitest({ numPassedTests, numTotalTests, testResults }) {
  const unreadable = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unreadable.length };
}

/** What passed only at the second try, which CI alone allows, is said and has to be looked into. */
function countBrowser({ stats: { expected, unexpected, flaky, skipped } }) {
  if (flaky > 0) console.log(`\n${flaky} browser test(s) passed only at the second try: see "flaky" above.`);
  return { passed: expected + flaky, failed: unexpected + skipped };
}

function conclude(results) {
  console.log("");
  let passed = 0;
  let failed = 0;
  for (const [name, result] of results) {
    passed += result.passed;
    failed += result.failed;
    const verdict = result.failed > 0 ? "✗" : "✓";
    console.log(
      `${verdict} ${name}: ${result.passed} of ${result.passed + result.failed} (${result.why ?? `${result.seconds} s`})`,
    );
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
