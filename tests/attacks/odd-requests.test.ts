import { afterAll, beforeAll, expect, test } from "vitest";
import { oddRequests, unanswered } from "#tests/support/odd-requests.ts";
import { claim } from "#tests/support/place.ts";
import { apiRoutes } from "#tests/support/routes.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** A 429 would hide what it stands before. */
const UNLIMITED = { LOG_LEVEL: "error", WRITE_BURST: "100000", READ_BURST: "100000" };

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ ui: false, env: UNLIMITED });
}, 60_000);

afterAll(() => server?.stop());

test("no address, header or body that 준 can make up gets a 5xx or no answer from the API, and nothing is logged as failed", async () => {
  const { cookie } = await claim(server, "미나", "mina@example.com");
  const routes = (await apiRoutes()).map(({ path }) => path);
  const requests = oddRequests([...routes, "/up", "/stomp", "/[anything]"], `localhost:${server.port}`, cookie);
  expect(await unanswered(server.port, requests)).toEqual([]);
  expect(server.output()).not.toContain("failed");
}, 120_000);
