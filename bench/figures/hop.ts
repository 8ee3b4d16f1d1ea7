import type { Nodes } from "#bench/contenders/contender.ts";
import { cpuTime } from "#bench/cpu-time.ts";
import { type Generator, startGenerator } from "#bench/load/generator.ts";
import type { Published, Target } from "#bench/load/orders.ts";
import { generatorOf } from "./deliveries.ts";
import type { Figure, Measured } from "./figure.ts";
import { serving } from "./serving.ts";

export const OVER_A_BROKER = ["nodes-rabbitmq", "nodes-activemq", "nodes-kafka"] as const;

const ROOMS = 50;
/** Half of them on each node, where there are two. */
const PER_ROOM = 4;
const RATE = 500;
/** Seconds: a broker in Java spends half a minute compiling what it does from then on. */
const WARM_UP = 30;
const PATIENCE = 10;

/** What it takes to reach people on another node: the same messages heard on both, each compared with itself; and alone on the own node, beside one without a broker. */
export const hop: Figure = {
  kind: "hop",
  title: ({ scale }) => `${ROOMS} rooms × ${PER_ROOM}, ${RATE * scale} messages/s, on the own node alone and on two`,
  contenders: ["postgres", ...OVER_A_BROKER],
  measure: (contender, { seconds, scale }) =>
    serving(contender, ROOMS, async ({ pid, target, nodes }, generator) => {
      const load = { rate: RATE * scale, seconds };
      const own = spendingOf({ "the own node alone": () => cpuTime(pid) });
      const alone = await heard(generator, target, load, own.begin);
      const first = { ...valuesOf("own node alone", alone), ...own.each(alone) };
      if (!nodes) return measured(first, alone);
      const onBoth = startGenerator();
      try {
        const spending = spendingOf(nodes.engines);
        const both = await heard(onBoth, nodes.onEach, load, spending.begin);
        return measured({ ...first, ...apartOf(both), ...spending.each(both) }, both);
      } finally {
        await onBoth.close();
      }
    }),
};

/** Publishes for a while and then so that it counts; `begin` is called between the two. */
async function heard(
  generator: Generator,
  target: Target,
  { rate, seconds }: { rate: number; seconds: number },
  begin = () => {},
): Promise<Published> {
  const subscribers = ROOMS * PER_ROOM;
  await generator.open({ target, subscribers, publishers: ROOMS, subscriptions: 1, heartBeat: 0 });
  const order = { rate, patience: PATIENCE, receipts: false, polls: false };
  await generator.publish({ ...order, seconds: WARM_UP });
  begin();
  return generator.publish({ ...order, seconds });
}

function measured(values: Record<string, number>, published: Published): Measured {
  const generator = generatorOf(published);
  return { values: { ...values, ...generator.values }, saturated: generator.saturated };
}

function valuesOf(whose: string, { p50, p99, expected, delivered, disordered }: Published): Record<string, number> {
  return {
    ...{ [`${whose}: p50 ms`]: p50, [`${whose}: p99 ms`]: p99 },
    ...{ [`${whose}: lost`]: expected - delivered, [`${whose}: out of order`]: disordered },
  };
}

function apartOf({ apart, expected, delivered, disordered }: Published): Record<string, number> {
  if (!apart) throw new Error("Nothing was heard on another node.");
  const { near, far, added } = apart;
  return {
    ...{ "added by the hop: p50 ms": added.p50, "added by the hop: p99 ms": added.p99 },
    ...{ "two nodes, own: p50 ms": near.p50, "two nodes, own: p99 ms": near.p99 },
    ...{ "two nodes, other: p50 ms": far.p50, "two nodes, other: p99 ms": far.p99 },
    ...{ "two nodes: lost": expected - delivered, "two nodes: out of order": disordered },
  };
}

/** Processor time of each of these, from `begin` on. */
function spendingOf(engines: Nodes["engines"]) {
  const before = new Map<string, number>();
  return {
    begin: () => {
      for (const [name, spent] of Object.entries(engines)) before.set(name, spent());
    },
    each: ({ sent }: Published): Record<string, number> =>
      Object.fromEntries(
        Object.entries(engines).map(([name, spent]) => [
          `CPU µs/message of ${name}`,
          (spent() - (before.get(name) ?? 0)) / sent,
        ]),
      ),
  };
}
