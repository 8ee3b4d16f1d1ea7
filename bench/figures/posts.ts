import { cpuTime, tooCoarse } from "#bench/cpu-time.ts";
import { generatorOf } from "./deliveries.ts";
import type { Figure } from "./figure.ts";
import { OVER_A_BROKER } from "./hop.ts";
import { serving } from "./serving.ts";

const ROOMS = 100;
const WARM_UP = 1;
const PATIENCE = 10;

/** Posts through the whole chat, each on the disk before its RECEIPT. Nobody listens: fan-out is another figure. */
export const posts: Figure[] = [
  durable("durable posts over 100 rooms, 400 in flight", { inFlight: 400 }),
  durable("durable posts over 100 rooms, 2,000/s", { rate: 2_000 }),
];

function durable(title: string, load: { rate?: number; inFlight?: number }): Figure {
  return {
    ...{ kind: "posts", title: () => title, contenders: ["chat", "postgres", ...OVER_A_BROKER] },
    measure: (contender, { seconds }) =>
      serving(contender, ROOMS, async ({ pid, target, nodes, eventLoop }, generator) => {
        await generator.open({
          target: nodes?.both ?? target,
          subscribers: 0,
          publishers: ROOMS,
          subscriptions: 0,
          heartBeat: 0,
        });
        const order = { ...load, patience: PATIENCE, receipts: true, polls: false };
        await generator.publish({ ...order, seconds: WARM_UP });
        eventLoop?.watch();
        const before = cpuTime(pid);
        const published = await generator.publish({ ...order, seconds });
        const cpu = cpuTime(pid) - before;
        const { expected, delivered, perSecond, p50, p99, p999 } = published;
        const values = {
          "posts/s": perSecond,
          ...{ "p50 ms": p50, "p99 ms": p99, "p99.9 ms": p999 },
          "CPU µs/post": cpu / delivered,
          ...(eventLoop && { "event loop p99 ms": await eventLoop.p99() }),
          lost: expected - delivered,
        };
        const { values: its, saturated } = generatorOf(published);
        return { values: { ...values, ...its }, coarse: tooCoarse(cpu, "CPU µs/post"), saturated };
      }),
  };
}
