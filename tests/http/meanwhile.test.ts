import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { closeServer, listen } from "#server/listen.ts";
import { createMeanwhile } from "#server/meanwhile.ts";
import { freePort } from "#tests/support/free-port.ts";

async function waiting() {
  const port = await freePort();
  const meanwhile = createMeanwhile(readConfig({ PORT: `${port}`, DATABASE_URL: "postgres://db.example.com/chat" }));
  onTestFinished(() => meanwhile.close());
  return { port, meanwhile };
}

test("while the database is awaited /up says so, everybody else is asked to come back, and then the port is the server's", async () => {
  const { port, meanwhile } = await waiting();
  await Promise.all([meanwhile.open(), meanwhile.open()]);
  const up = await fetch(`http://127.0.0.1:${port}/up?now`);
  expect(up.status).toBe(503);
  expect(await up.json()).toMatchObject({ status: "unhealthy", database: "unavailable", broker: "none" });
  const page = await fetch(`http://127.0.0.1:${port}/rooms`);
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
  await meanwhile.close();
  const server = createServer();
  await listen(server, "127.0.0.1", port);
  await closeServer(server, 100);
});

test("a port that is taken is complained of, and nothing is left to close", async () => {
  const { port, meanwhile } = await waiting();
  const taken = createServer();
  await listen(taken, "127.0.0.1", port);
  onTestFinished(() => closeServer(taken, 100));
  await expect(meanwhile.open()).rejects.toThrow(`Port ${port} is taken`);
  await meanwhile.close();
});
