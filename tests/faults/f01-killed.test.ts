import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { ALL } from "./extent.ts";
import { keepTalking } from "./keep-talking.ts";
import { openScene, type Scene, verdict } from "./scene.ts";

const ROUNDS = ALL ? 100 : 20;
const BACK_WITHIN = 5_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.end());

test(
  `F1 미나 and 준 write while the server is killed ${ROUNDS} times: what has a RECEIPT is there once, without a hole, and they are back within 5 s`,
  async () => {
    const { server, mina, jun, enter, rows } = scene;
    const talkers = [enter(mina), enter(jun), enter(jun)];
    const stop = keepTalking(talkers);
    const back: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await until("everybody to be there", () => talkers.every(({ online }) => online), 10_000);
      const receipts = () => talkers.reduce((sum, { journal }) => sum + journal.size, 0);
      const before = receipts();
      await until("a RECEIPT", () => receipts() > before);
      await pause(Math.random() * 200);
      await server.kill();
      const began = performance.now();
      await server.start();
      back.push(performance.now() - began);
    }
    stop();
    expect(await verdict(rows, talkers)).toEqual([]);
    const log = await rows();
    console.log(
      `F1: ${log.length} messages over ${ROUNDS} kills, back after ${Math.round(Math.max(...back))} ms at most`,
    );
    expect(Math.max(...back)).toBeLessThan(BACK_WITHIN);
  },
  ROUNDS * 15_000,
);
