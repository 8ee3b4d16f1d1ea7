import { afterAll, beforeAll, expect, test } from "vitest";
import { readFigures } from "#tests/support/figures.ts";
import { until } from "#tests/support/until.ts";
import { ALL } from "./extent.ts";
import { percentile } from "./percentile.ts";
import { descriptorsOf, memoryOf } from "./process-figures.ts";
import { openScene, type Scene, verdict } from "./scene.ts";
import type { Talker } from "./talker.ts";

const READERS = 8;
const MiB = 1024 * 1024;
/** About 30 kB each, so that what the system itself takes for 준 is full after some seconds. */
const LONG = "가".repeat(9_900);
const EVERY = 20;
const MOST_GROWTH = 100 * MiB;
/** 1 MiB is reached, or 10 s without progress. */
const CLOSED_WITHIN = 60_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.end());

test("F9 준 stops reading: he is closed, memory stays bounded, the others hear 미나 as fast as before, and he recovers by rev", async () => {
  const { server, mina, jun, enter, rows } = scene;
  const posted = new Map<string, number>();
  const latencies: number[] = [];
  const heard = ({ clientId = "" }) => {
    const at = posted.get(clientId);
    if (at !== undefined) latencies.push(performance.now() - at);
  };
  const minas = enter(mina, { window: 50 });
  const readers = Array.from({ length: READERS }, () => enter(jun, { heard }));
  const slow = enter(jun);
  const all: Talker[] = [minas, slow, ...readers];
  await until("everybody to be there", () => all.every(({ online }) => online), 20_000);
  const timer = setInterval(() => posted.set(minas.post(`${LONG} ${posted.size}`), performance.now()), EVERY);
  const seconds = ALL ? 10 : 3;
  await until("what the others are used to", () => latencies.length > (seconds * 1_000 * READERS) / EVERY, 60_000);
  const before = percentile(latencies.splice(0), 99);

  const [descriptors, memory] = [descriptorsOf(server.pid), memoryOf(server.pid)];
  slow.sleep();
  let most = memory;
  const isClosed = () => {
    most = Math.max(most, memoryOf(server.pid));
    // Connections of HTTP come and go, too.
    return descriptorsOf(server.pid) < descriptors && connectionsOf(server).then((open) => open < all.length);
  };
  await until("the server to have closed him", isClosed, CLOSED_WITHIN);
  const during = percentile(latencies.splice(0), 99);
  clearInterval(timer);
  slow.wake();
  expect(await verdict(rows, all)).toEqual([]);
  expect(slow.endings).toHaveLength(1);
  expect(readers.flatMap(({ endings }) => endings)).toEqual([]);
  console.log(
    `F9: p99 ${before.toFixed(1)} ms before, ${during.toFixed(1)} ms during; ${Math.round((most - memory) / MiB)} MiB more`,
  );
  expect(most - memory).toBeLessThan(MOST_GROWTH);
  expect(during).toBeLessThan(2 * before + 50);
}, 180_000);

/** Connections to the endpoint, as the server counts them. */
async function connectionsOf(server: { origin: string }): Promise<number> {
  const counts = [...(await readFigures(server))].filter(([name]) => name.startsWith("sarangbang_connections{"));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
