import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { keepTalking } from "./keep-talking.ts";
import { openScene, type Scene, verdict } from "./scene.ts";

const CONNECTIONS = 60;
const DRAINED_WITHIN = 10_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.end());

test("F17 a deploy ends the server while everybody writes: 1012 with times to come back that are spread, drained within 10 s, and nothing with a RECEIPT is lost", async () => {
  const { server, mina, jun, enter, rows } = scene;
  const talkers = Array.from({ length: CONNECTIONS }, (_, index) => enter(index % 2 ? mina : jun));
  await until("everybody to be there", () => talkers.every(({ online }) => online), 20_000);
  const stop = keepTalking(talkers, { every: 20 });
  await until("many RECEIPTs", () => talkers.every(({ journal }) => journal.size > 5), 20_000);
  const began = performance.now();
  expect(await server.terminate()).toBe(0);
  expect(performance.now() - began).toBeLessThan(DRAINED_WITHIN);
  stop();
  await until("everybody to have heard of it", () => talkers.every(({ endings }) => endings.length > 0));
  const endings = talkers.map(({ endings: [ending] }) => ending!);
  for (const { code, error } of endings) expect({ code, error }).toEqual({ code: 1012, error: "shutting-down" });
  const waits = endings.map(({ retryAfter }) => retryAfter ?? 0);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...waits)).toBeLessThanOrEqual(10);
  expect(new Set(waits).size).toBeGreaterThan(4);
  await server.start();
  expect(await verdict(rows, talkers)).toEqual([]);
});
