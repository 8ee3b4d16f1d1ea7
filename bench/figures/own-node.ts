import { cpuTime } from "#bench/cpu-time.ts";
import { keepTo } from "#bench/processors.ts";
import { generatorOf } from "./deliveries.ts";
import type { Figure } from "./figure.ts";
import { OVER_A_BROKER } from "./hop.ts";
import { serving } from "./serving.ts";

const ROOMS = 50;
const PER_ROOM = 4;
const RATE = 200;
/** Seconds. */
const WARM_UP = 10;
const PATIENCE = 10;
const [ITS_OWN, THE_OTHER] = [0, 1];

/**
 * What hints to other nodes cost the people on the sender's own. A broker is usually another machine, so here the node has one processor with its database,
 * and whatever else there is (broker, other node) the other one with the load generator.
 */
export const ownNode: Figure = {
  kind: "own-node",
  title: ({ scale }) => `${ROOMS} rooms × ${PER_ROOM} on the sender's node, ${RATE * scale} messages/s, brokers beside`,
  contenders: ["postgres", ...OVER_A_BROKER],
  measure: (contender, { seconds, scale }) =>
    serving(contender, ROOMS, async ({ pid, target, database, nodes }, generator) => {
      keepTo(ITS_OWN, [pid, ...(database ? [database.pid] : [])]);
      keepTo(THE_OTHER, [generator.pid, ...(nodes?.pids ?? [])]);
      const subscribers = ROOMS * PER_ROOM;
      await generator.open({ target, subscribers, publishers: ROOMS, subscriptions: 1, heartBeat: 0 });
      const load = { rate: RATE * scale, patience: PATIENCE, receipts: false, polls: false };
      await generator.publish({ ...load, seconds: WARM_UP });
      const before = cpuTime(pid);
      const published = await generator.publish({ ...load, seconds });
      const { p50, p99, sent, expected, delivered, disordered } = published;
      const { values, saturated } = generatorOf(published);
      const own = { "p50 ms": p50, "p99 ms": p99, "CPU µs/message of the node": (cpuTime(pid) - before) / sent };
      return {
        values: { ...own, lost: expected - delivered, "out of order": disordered, ...values },
        saturated,
      };
    }),
};
