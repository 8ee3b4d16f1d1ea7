import type { Nodes } from "#bench/contenders/contender.ts";
import { type Generator, startGenerator } from "#bench/load/generator.ts";
import type { Published, Target } from "#bench/load/orders.ts";
import { generatorOf } from "./deliveries.ts";
import type { Figure, Measured } from "./figure.ts";
import { serving } from "./serving.ts";

export const OVER_A_BROKER = ["nodes-rabbitmq", "nodes-activemq", "nodes-kafka"] as const;

const ROOMS = 50;
const PER_ROOM = 4;
const RATE = 500;
const WARM_UP = 2;
const PATIENCE = 10;

/** What it takes to reach people on another node, beside those on the sender's own: as many messages, heard here and then there. */
export const hop: Figure = {
  kind: "hop",
  title: ({ scale }) => `${ROOMS} rooms × ${PER_ROOM}, ${RATE * scale} messages/s heard on the own and on another node`,
  contenders: ["postgres", ...OVER_A_BROKER],
  measure: (contender, { seconds, scale }) =>
    serving(contender, ROOMS, async ({ target, nodes }, generator) => {
      const load = { rate: RATE * scale, seconds };
      const own = await heard(generator, target, load);
      if (!nodes) return measured(valuesOf("own", own), own);
      const further = startGenerator();
      try {
        const spending = spendingOf(nodes);
        const other = await heard(further, nodes.across, load, spending.begin);
        const added = { "added p50 ms": other.p50 - own.p50, "added p99 ms": other.p99 - own.p99 };
        return measured(
          { ...valuesOf("own", own), ...valuesOf("other", other), ...added, ...spending.each(other) },
          other,
        );
      } finally {
        await further.close();
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
    ...{ [`${whose} node p50 ms`]: p50, [`${whose} node p99 ms`]: p99 },
    ...{ [`${whose} node lost`]: expected - delivered, [`${whose} node out of order`]: disordered },
  };
}

/** Processor time of everything that nodes stand on, from `begin` on. */
function spendingOf({ engines }: Nodes) {
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
