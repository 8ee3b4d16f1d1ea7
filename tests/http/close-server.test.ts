import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { closeServer, listen } from "#server/listen.ts";
import { A_SECOND } from "#tests/support/a-second.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/until.ts";

test("a server that is asked to end does not wait for a connection that was upgraded and never ends", async () => {
  const server = createServer();
  let upgraded = false;
  server.on("upgrade", () => {
    upgraded = true;
  });
  const port = await freePort();
  await listen(server, "127.0.0.1", port);
  const client = connect(port, "127.0.0.1");
  await once(client, "connect");
  client.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await until("the upgrade", () => upgraded);
  const began = performance.now();
  await closeServer(server, 100);
  expect(performance.now() - began).toBeLessThan(A_SECOND);
  client.destroy();
});
