import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepTalking } from "#tests/faults/keep-talking.ts";
import { openScene, type Scene, verdict } from "#tests/faults/scene.ts";
import { startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";

const ROUNDS = 20;
const BACK_WITHIN = 5_000;

let postgres: Service;
let scene: Scene;
beforeAll(async () => {
  postgres = await startPostgres();
  scene = await openScene({ DATABASE_URL: postgres.url });
}, 120_000);
afterAll(async () => {
  await scene?.end();
  await postgres?.stop();
});

test(
  `F5 PostgreSQL is killed ${ROUNDS} times while 미나 and 준 write: what has a RECEIPT is there once, without a hole, and the server heals by itself within 5 s`,
  async () => {
    const { server, mina, jun, enter, rows } = scene;
    const { pid } = server;
    const talkers = [enter(mina), enter(jun), enter(jun)];
    const stop = keepTalking(talkers);
    const receipts = () => talkers.reduce((sum, { journal }) => sum + journal.size, 0);
    const back: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = receipts();
      await until("RECEIPTs", () => receipts() > before + 10, 20_000);
      await pause(Math.random() * 200);
      await postgres.kill();
      await pause(Math.random() * 1_000);
      await postgres.start();
      const began = performance.now();
      const then = receipts();
      await until("a RECEIPT", () => receipts() > then, 20_000);
      back.push(performance.now() - began);
    }
    stop();
    expect(await verdict(rows, talkers)).toEqual([]);
    const log = await rows();
    console.log(
      `F5: ${log.length} messages over ${ROUNDS} kills, RECEIPTs again after ${Math.round(Math.max(...back))} ms at most`,
    );
    expect(Math.max(...back)).toBeLessThan(BACK_WITHIN);
    expect(server.pid).toBe(pid);
  },
  ROUNDS * 20_000,
);
