import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SETTINGS } from "#server/settings.ts";

const dockerfile = readFileSync("Dockerfile", "utf8");
const compose = readFileSync("compose.yaml", "utf8");
const NAMES = SETTINGS.map(({ name }) => name);

/** The lines of the first `environment:` below a line. */
function environmentBelow(line: string): Record<string, string> {
  const [, below = ""] = compose.split(line);
  const [, block = ""] = /\n( +)environment:\n((?:\1 +.*\n)+)/.exec(below)?.slice(1) ?? [];
  const pairs = [...block.matchAll(/^ +([A-Z_]+): (.+)$/gm)].map(([, name = "", value = ""]) => [name, value]);
  return Object.fromEntries(pairs);
}

test("compose.yaml and the Dockerfile set only what the server heeds, and what it accepts", () => {
  const own = environmentBelow("x-node: &node");
  expect(Object.keys(own)).toEqual(["ORIGIN", "DATABASE_URL", "BROKER_URL", "TRUSTED_PROXIES"]);
  expect(Object.keys(own).filter((name) => !NAMES.includes(name))).toEqual([]);
  const [, words = ""] = /^ENV (PATH=.+)$/m.exec(dockerfile) ?? [];
  const image = words.split(" ").map((word) => word.split("=")[0] ?? "");
  expect(image.filter((name) => !["PATH", "NODE_ENV", ...NAMES].includes(name))).toEqual([]);
});

test("passwords that compose.yaml gives to PostgreSQL and RabbitMQ are the ones that the nodes use", () => {
  const { DATABASE_URL = "", BROKER_URL = "" } = environmentBelow("x-node: &node");
  const { POSTGRES_USER, POSTGRES_PASSWORD } = environmentBelow("\n  postgres:\n");
  expect(DATABASE_URL).toBe(`postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_USER}`);
  const { RABBITMQ_DEFAULT_USER, RABBITMQ_DEFAULT_PASS } = environmentBelow("\n  rabbitmq:\n");
  expect(BROKER_URL).toBe(`amqp://${RABBITMQ_DEFAULT_USER}:${RABBITMQ_DEFAULT_PASS}@rabbitmq:5672`);
});

test("the nodes believe the balancer, and nobody else", () => {
  const [, address] = /ipv4_address: (.+)/.exec(compose) ?? [];
  expect(environmentBelow("x-node: &node").TRUSTED_PROXIES).toBe(address);
});

test("what the Dockerfile copies is in the repository and is let through by .dockerignore", () => {
  const copied = [...dockerfile.matchAll(/COPY (?:--from=build )?(.+) \S+$/gm)].flatMap(([, sources = ""]) =>
    sources.split(" "),
  );
  const paths = copied
    .map((path) => path.replace("/app/", ""))
    .filter((path) => ![".", "node_modules", ".next"].includes(path));
  expect(paths.length).toBeGreaterThan(8);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  const through = readFileSync(".dockerignore", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  expect(through.filter((path) => !existsSync(path))).toEqual([]);
  expect(paths.filter((path) => !through.includes(path))).toEqual([]);
});

test("what the pages are built from is let through by .dockerignore", () => {
  const [, list = ""] = /const SOURCES = \[([\s\S]+?)\n\];/.exec(readFileSync("bin/build.mjs", "utf8")) ?? [];
  const sources = [...list.matchAll(/"([^"]+)"/g)].map(([, path = ""]) => path.split("/")[0] ?? "");
  const ignore = readFileSync(".dockerignore", "utf8");
  expect(sources).toContain("app");
  expect(sources.filter((path) => !ignore.includes(`\n!${path}`))).toEqual([]);
});
