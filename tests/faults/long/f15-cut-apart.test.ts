import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepTalking } from "#tests/faults/keep-talking.ts";
import { behind, relayed } from "#tests/faults/relayed.ts";
import { openScene, type Scene, verdict } from "#tests/faults/scene.ts";
import { type DroppingProxy, openDroppingProxy } from "#tests/support/dropping-proxy.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import { startRabbitmq } from "#tests/support/services/rabbitmq.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";

const CUT = 15_000;
/** Until a connection that is dead without saying so is given up, and another one is made. */
const HEALED_WITHIN = 60_000;

let services: Service[];
/** The first node's ways to the database and to the broker. */
let database: DroppingProxy;
let broker: DroppingProxy;
let scene: Scene;
beforeAll(async () => {
  services = await Promise.all([startPostgres(), startRabbitmq()]);
  const [postgres, rabbitmq] = services as [Service, Service];
  database = await openDroppingProxy(Number(new URL(postgres.url).port));
  broker = await openDroppingProxy(Number(new URL(rabbitmq.url).port));
  scene = await openScene(
    { DATABASE_URL: behind(postgres.url, database.port), BROKER_URL: behind(rabbitmq.url, broker.port) },
    { DATABASE_URL: postgres.url, BROKER_URL: rabbitmq.url },
  );
}, 120_000);
afterAll(async () => {
  await scene?.end();
  for (const proxy of [database, broker]) await proxy?.close();
  for (const service of services ?? []) await service.stop();
});

for (const [what, ways] of [
  ["the broker", () => [broker]],
  ["the database", () => [database]],
  ["both", () => [database, broker]],
] as const) {
  test(`F15 미나's node is cut off from ${what} for ${CUT / 1_000} s while 준 goes on at the other: no number comes twice, and afterwards all hold the same`, async () => {
    const { nodes, mina, jun, enter, rows } = scene;
    const second = () => nodes[1]!;
    const writers = [enter(mina), enter(jun, { node: second })];
    const readers = [enter(jun), enter(mina, { node: second })];
    const all = [...earlier, ...writers, ...readers];
    await until("everybody to be there", () => all.every(({ online }) => online), 30_000);
    await relayed(nodes, HEALED_WITHIN);
    const stop = keepTalking(writers, { every: 50 });
    await until("RECEIPTs", () => writers.every(({ journal }) => journal.size > 10), 30_000);

    const stalled = watch(() => writers[1]!.journal.size);
    for (const way of ways()) way.drop();
    await pause(CUT);
    for (const way of ways()) way.resume();
    const longest = stalled();
    const began = performance.now();
    const then = writers.map(({ journal }) => journal.size);
    await until(
      "RECEIPTs on both",
      () => writers.every(({ journal }, index) => journal.size > then[index]! + 10),
      HEALED_WITHIN,
    );
    const took = performance.now() - began;
    stop();
    expect(await verdict(rows, all, HEALED_WITHIN)).toEqual([]);
    console.log(`F15 ${what}: healed after ${Math.round(took)} ms; 준 waited ${Math.round(longest)} ms at most`);
    earlier.push(...writers, ...readers);
    // What the one who was cut off had begun holds the room's row for a while, and no longer.
    expect(longest).toBeLessThan(CUT);
  }, 180_000);
}

/** Who was there in the tests before: they wrote, too. */
const earlier: ReturnType<Scene["enter"]>[] = [];

/** Looks at a number that should grow; returns what tells the longest time that it did not, in ms. */
function watch(look: () => number): () => number {
  let [last, since, longest] = [look(), performance.now(), 0];
  const timer = setInterval(() => {
    const now = look();
    longest = Math.max(longest, performance.now() - since);
    if (now !== last) [last, since] = [now, performance.now()];
  }, 20);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
