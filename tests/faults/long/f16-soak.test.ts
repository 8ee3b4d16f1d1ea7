import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { descriptorsOf, memoryOf } from "#tests/faults/process-figures.ts";
import { readRows } from "#tests/faults/rows.ts";
import { openScene, type Scene, verdict } from "#tests/faults/scene.ts";
import type { Talker } from "#tests/faults/talker.ts";
import { createRoom } from "#tests/support/place.ts";
import { until } from "#tests/support/until.ts";

const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const CLIENTS = 2_000;
const ROOMS = 20;
/** So many lose their connection a second, and so many leave for good while others come. */
const LOST = 40;
const REPLACED = 20;
const ROUND = 15_000;
const MiB = 1024 * 1024;
const MOST_GROWTH = 1 * MiB;
const TEN_MINUTES = 600_000;
const PRELOAD = new URL("../tell-memory.ts", import.meta.url).href;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ NODE_OPTIONS: `--import=${PRELOAD}` });
}, 60_000);
afterAll(() => scene?.end());

test(
  `F16 ${CLIENTS} clients come and go for ${MINUTES} minutes: memory does not grow, descriptors return, and everybody has everything`,
  async () => {
    const { server, mina, jun, enter } = scene;
    const base = descriptorsOf(server.pid);
    const rooms: string[] = [];
    while (rooms.length < ROOMS) rooms.push((await createRoom(server, mina, { name: `${rooms.length + 1}번 방` })).id);
    const speakers = rooms.map((room) => enter(mina, { room }));
    const crowd: Talker[] = [];
    const come = (place: number) => {
      crowd[place] = enter(jun, { room: rooms[place % ROOMS]! });
    };
    const everybodyThere = () => until("everybody to be there", () => crowd.every(({ online }) => online), 120_000);
    while (crowd.length < CLIENTS) {
      for (let next = 0; next < 250; next++) come(crowd.length);
      await everybodyThere();
    }

    const samples: { at: number; bytes: number }[] = [];
    const end = performance.now() + MINUTES * 60_000;
    while (performance.now() < end) {
      await churn(Math.min(ROUND, end - performance.now()));
      await everybodyThere();
      samples.push({ at: performance.now(), bytes: await memoryInUse() });
    }
    // The first third warms caches and compiled code.
    const watched = samples.slice(Math.ceil(samples.length / 3));
    // A slope is worth as much as the time it was watched for: in two minutes it may have been what was not warm yet.
    const time = Math.min(TEN_MINUTES, watched.at(-1)!.at - watched[0]!.at);
    const growth = slopeOf(watched) * time;
    const inUse = samples.map(({ bytes }) => (bytes / MiB).toFixed(1)).join(" ");
    console.log(
      `F16: ${(growth / MiB).toFixed(2)} MiB in ${Math.round(time / 1_000)} s; in use, MiB: ${inUse}; resident ${Math.round(memoryOf(server.pid) / MiB)} MiB`,
    );
    for (const [index, room] of rooms.entries()) {
      const there = [speakers[index]!, ...crowd.filter((_, place) => place % ROOMS === index)];
      expect(await verdict(() => readRows(server.database, room), there)).toEqual([]);
    }
    for (const talker of [...crowd, ...speakers]) talker.leave();
    await until("the descriptors to be closed", () => descriptorsOf(server.pid) <= base + 5, 20_000);
    expect(growth).toBeLessThan(MOST_GROWTH);

    async function churn(time: number): Promise<void> {
      const until_ = performance.now() + time;
      for (let tick = 0; performance.now() < until_; tick++) {
        for (let lost = 0; lost < LOST / 10; lost++) crowd[any()]!.drop();
        for (let left = 0; left < REPLACED / 10; left++) {
          const place = any();
          crowd[place]!.leave();
          come(place);
        }
        if (tick % 5 === 0) speakers[tick % ROOMS]!.post(`${tick}번째 말`);
        await pause(100);
      }
    }

    async function memoryInUse(): Promise<number> {
      const told = () => [...server.output().matchAll(/memory in use: (\d+)\n/g)];
      const before = told().length;
      process.kill(server.pid, "SIGUSR2");
      await until("the server to tell", () => told().length > before);
      return Number(told().at(-1)?.[1]);
    }
  },
  (MINUTES + 10) * 60_000,
);

const any = () => Math.floor(Math.random() * CLIENTS);

/** Bytes a millisecond, by least squares. */
function slopeOf(samples: { at: number; bytes: number }[]): number {
  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [at, bytes] = [mean(samples.map((sample) => sample.at)), mean(samples.map((sample) => sample.bytes))];
  const covariance = mean(samples.map((sample) => (sample.at - at) * (sample.bytes - bytes)));
  return covariance / mean(samples.map((sample) => (sample.at - at) ** 2));
}
