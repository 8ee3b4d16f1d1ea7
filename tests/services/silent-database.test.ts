import { afterAll, beforeAll, expect, test } from "vitest";
import { claim } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { silence } from "#tests/support/services/silence.ts";

const PATIENCE = 120_000;
/** Milliseconds: shorter than a load balancer waits. */
const TOLD_WITHIN = 4_000;

let postgres: Service;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer({ ui: false, env: { DATABASE_URL: postgres.url } });
  await claim(server, "미나", "mina@example.com");
  await silence(postgres);
}, PATIENCE);
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
});

test("when the database falls silent, /up says so before a load balancer has stopped waiting", async () => {
  const began = performance.now();
  const answer = await fetch(`${server.origin}/up`);
  expect(await answer.json()).toMatchObject({ status: "unhealthy", database: "unavailable" });
  expect(performance.now() - began).toBeLessThan(TOLD_WITHIN);
});

test("a server that is told to end does so, though its database does not say goodbye", async () => {
  expect(await server.terminate()).toBe(0);
});
