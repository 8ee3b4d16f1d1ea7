import { afterAll, beforeAll, expect, test } from "vitest";
import { cpuTime } from "#bench/cpu-time.ts";
import { percentile } from "#tests/faults/percentile.ts";
import { openScene, type Scene, verdict } from "#tests/faults/scene.ts";
import type { Talker } from "#tests/faults/talker.ts";
import { until } from "#tests/support/until.ts";

const CLIENTS = 5_000;
/** Milliseconds over which they spread their tries: as long as the server asks those to wait that it sends away (server/gateway/gateway.ts). */
const JITTER = 10_000;
const BACK_WITHIN = JITTER + 10_000;
const MOST_DELAY = 200;
const PRELOAD = new URL("../../../bench/contenders/event-loop-delay.ts", import.meta.url).href;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ NODE_OPTIONS: `--import=${PRELOAD}` });
}, 60_000);
afterAll(() => scene?.end());

test(`F11 ${CLIENTS} clients are dropped and come back at once: all are back in time, none has missed a message, and the server was never late for long`, async () => {
  const { server, mina, jun, enter, rows } = scene;
  const minas = enter(mina);
  const crowd: Talker[] = [];
  while (crowd.length < CLIENTS) {
    for (let next = 0; next < 250; next++) crowd.push(enter(jun, { pause: () => Math.random() * JITTER }));
    await until("those to be there", () => crowd.every(({ online }) => online), 60_000);
  }
  for (let said = 0; said < 20; said++) minas.post(`${said}번째 말`);
  await until("everybody to have heard", () => crowd.every(({ view }) => view.rev === 21), 30_000);

  watchEventLoop();
  const [began, used] = [performance.now(), cpuTime(server.pid)];
  for (const talker of crowd) talker.drop();
  for (let said = 0; said < 20; said++) minas.post(`${said}번째 말, 모두 떠난 뒤에`);
  await until("nobody to be there", () => crowd.every(({ online }) => !online));
  await until("everybody to be back", () => crowd.every(({ online }) => online), 60_000);
  const took = performance.now() - began;
  const cpu = cpuTime(server.pid) - used;
  const delay = await eventLoopDelay();
  const absences = crowd.map(({ absences: all }) => all.at(-1) ?? 0);
  const figures = [`all back after ${Math.round(took)} ms`, `p50 ${Math.round(percentile(absences, 50))} ms`];
  console.log(
    `F11: ${figures.join(", ")}, ${Math.round(cpu / 1_000)} ms of CPU, event loop p99 ${delay.toFixed(1)} ms`,
  );
  expect(await verdict(rows, [minas, ...crowd])).toEqual([]);
  expect(took).toBeLessThan(BACK_WITHIN);
  expect(delay).toBeLessThan(MOST_DELAY);

  function watchEventLoop(): void {
    process.kill(server.pid, "SIGUSR2");
  }

  /** The 99th percentile of how late the server's timers were since, in ms. */
  async function eventLoopDelay(): Promise<number> {
    process.kill(server.pid, "SIGUSR2");
    const told = () => /event loop delay p99 ms: (.+)/.exec(server.output())?.[1];
    return Number(await until("the server to tell", told));
  }
}, 300_000);
