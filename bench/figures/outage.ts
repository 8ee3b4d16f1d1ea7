import type { Figure } from "./figure.ts";
import { OVER_A_BROKER } from "./hop.ts";
import { serving } from "./serving.ts";

const ROOMS = 20;
const PER_ROOM = 2;
const RATE = 50;
/** Seconds. */
const OUTAGE = 30;
const PATIENCE = 15;
/** Looks whether hints arrive again, of so many seconds each. */
const LOOK = 0.5;
const LOOKS = 60;
/** Milliseconds: no message that waited for a look at the database is as quick. */
const AT_ONCE = 200;

/** The broker is killed for half a minute: what the other node hears meanwhile, and how soon it hears at once again. */
export const outage: Figure = {
  kind: "outage",
  title: () => `broker away for ${OUTAGE} s, ${ROOMS} rooms × ${PER_ROOM}, ${RATE} messages/s`,
  contenders: [...OVER_A_BROKER],
  measure: (contender) =>
    serving(contender, ROOMS, async ({ nodes }, generator) => {
      if (!nodes) throw new Error("Only nodes have a broker between them.");
      const { across: target, broker } = nodes;
      await generator.open({
        ...{ target, subscribers: ROOMS * PER_ROOM, publishers: ROOMS },
        ...{ subscriptions: 1, heartBeat: 0 },
      });
      const load = { rate: RATE, patience: PATIENCE, receipts: false, polls: false };
      await generator.publish({ ...load, seconds: 1 });
      await broker.kill();
      const away = await generator.publish({ ...load, seconds: OUTAGE });
      await broker.start();
      const back = performance.now();
      let lost = away.expected - away.delivered;
      for (let look = 0; look < LOOKS; look++) {
        const { p99, expected, delivered } = await generator.publish({ ...load, seconds: LOOK });
        lost += expected - delivered;
        if (p99 < AT_ONCE) break;
      }
      const values = {
        ...{ "p50 ms meanwhile": away.p50, "p99.9 ms meanwhile": away.p999, lost },
        "out of order": away.disordered,
        "s until hints arrive again": (performance.now() - back) / 1_000,
      };
      return { values, saturated: false };
    }),
};
