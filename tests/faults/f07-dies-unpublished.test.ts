import { afterAll, beforeAll, expect, test } from "vitest";
import { type DroppingProxy, openDroppingProxy } from "#tests/support/dropping-proxy.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import { behind, relayed } from "./relayed.ts";
import { openScene, type Scene, verdict } from "./scene.ts";

const DELIVERED_WITHIN = 10_000;

let services: Service[];
let proxy: DroppingProxy;
let scene: Scene;
beforeAll(async () => {
  services = await Promise.all([startPostgres(), startRabbitmq()]);
  const [postgres, rabbitmq] = services as [Service, Service];
  proxy = await openDroppingProxy(Number(new URL(rabbitmq.url).port));
  const DATABASE_URL = postgres.url;
  scene = await openScene(
    { DATABASE_URL, BROKER_URL: behind(rabbitmq.url, proxy.port) },
    { DATABASE_URL, BROKER_URL: rabbitmq.url },
  );
}, 120_000);
afterAll(async () => {
  await scene?.end();
  await proxy?.close();
  for (const service of services ?? []) await service.stop();
});

test("F7 미나's node dies after COMMIT, before the other node could hear of it: 준 has the message there within 10 s, in a room where nobody says anything else", async () => {
  const { nodes, mina, jun, enter, rows } = scene;
  const [first, second] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
  let at = first;
  const minas = enter(mina, { node: () => at });
  const juns = enter(jun, { node: () => second });
  await until("both to be there", () => minas.online && juns.online, 20_000);
  await relayed(nodes);
  minas.post("들려요?");
  await until("준 to hear it", () => juns.view.rev === 2);

  // Whatever the node publishes from now on reaches nobody.
  proxy.drop();
  minas.post("여기까지만");
  await until("미나's RECEIPT", () => minas.pending === 0);
  const began = performance.now();
  await first.kill();
  at = second;
  await until("준 to have it", () => juns.view.rev === 3, DELIVERED_WITHIN);
  console.log(`F7: delivered after ${Math.round(performance.now() - began)} ms`);
  expect(await verdict(rows, [minas, juns])).toEqual([]);
});
