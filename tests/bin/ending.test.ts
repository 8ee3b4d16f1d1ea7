import { expect, test } from "vitest";
import type { Config } from "#server/config.ts";
import { openNext } from "#server/next.ts";
import { startServer } from "#tests/support/server.ts";

test("a SIGTERM that arrives twice, from a service manager and through npm, lets the server drain all the same", async () => {
  const server = await startServer({ ui: false });
  process.kill(server.pid, "SIGTERM");
  expect(await server.terminate()).toBe(0);
  await server.stop();
});

test("a server whose pages are not built says so in one sentence", async () => {
  const nowhere = { root: "/nowhere" } as Config;
  await expect(openNext(nowhere, false)).rejects.toThrow("The pages are not built yet");
});
