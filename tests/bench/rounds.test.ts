import { expect, test } from "vitest";
import type { Contender } from "#bench/contenders/contender.ts";
import { broker, naiveWs } from "#bench/contenders/programs.ts";
import { tooCoarse } from "#bench/cpu-time.ts";
import { deliveries } from "#bench/figures/deliveries.ts";
import type { Figure, Settings } from "#bench/figures/figure.ts";
import { idle } from "#bench/figures/idle.ts";
import { measureInTurns } from "#bench/rounds.ts";
import { brief } from "#bench/table.ts";

const USUAL: Settings = { seconds: 5, connections: 5_000, scale: 1 };
const STEP = 10_000;

test("a figure's title says what is measured, at any scale", () => {
  const titles = (settings: Settings) => [deliveries[1], deliveries[2], idle].map((figure) => figure?.title(settings));
  expect(titles(USUAL)).toEqual([
    "1 room × 5,000, 4 messages/s",
    "200 rooms × 10, 2,000 messages/s",
    "5,000 idle connections, three subscriptions",
  ]);
  expect(titles({ ...USUAL, scale: 0.01 })).toEqual([
    "1 room × 50, 4 messages/s",
    "200 rooms × 1, 2,000 messages/s",
    "50 idle connections, three subscriptions",
  ]);
});

test("what was made of fewer than twenty steps of processor time is marked, and nothing else", async () => {
  const used = new Map([
    [broker.name, 20 * STEP],
    [naiveWs.name, 19 * STEP],
  ]);
  const figure: Figure = {
    ...{ kind: "fan-out", title: () => "a room", contenders: [broker.name, naiveWs.name] },
    async measure({ name }: Contender) {
      const cpu = used.get(name) ?? 0;
      const values = { "CPU µs/delivery": cpu / 1_000, "p50 ms": 1, lost: 0, "out of order": 0 };
      return { values, coarse: tooCoarse(cpu, "CPU µs/delivery"), saturated: false };
    },
  };
  const contenders = [broker, naiveWs];
  expect(brief(await measureInTurns(figure, contenders, 2, USUAL, () => {}), contenders)).toEqual([
    "  CPU µs/delivery: broker 200, naive-ws ~190 ×0.95",
    "  p50 ms: broker 1, naive-ws 1",
    "  lost: broker 0, naive-ws 0",
  ]);
});
