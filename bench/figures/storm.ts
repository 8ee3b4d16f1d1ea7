import { cpuTime, tooCoarse } from "#bench/cpu-time.ts";
import { generatorOf } from "./deliveries.ts";
import { connectionsOf, type Figure } from "./figure.ts";
import { serving } from "./serving.ts";

/** Everybody comes back at once: from the first connect to the last answer to a SUBSCRIBE. */
export const storm: Figure = {
  kind: "storm",
  title: (settings) => `connect storm of ${connectionsOf(settings).toLocaleString("en")}, one subscription each`,
  contenders: ["broker", "chat", "naive-ws", "socket.io", "rabbitmq", "postgres"],
  measure: (contender, settings) =>
    serving(contender, 1, async ({ pid, target }, generator) => {
      const subscribers = connectionsOf(settings);
      // The generator too is slow the first time it does something.
      await generator.open({ target, subscribers: 50, publishers: 0, subscriptions: 1, heartBeat: 0 });
      const before = cpuTime(pid);
      const { seconds, busy } = await generator.open({
        target,
        subscribers,
        publishers: 0,
        subscriptions: 1,
        heartBeat: 0,
      });
      const used = cpuTime(pid) - before;
      const { values, saturated } = generatorOf({ busy });
      const coarse = tooCoarse(used, "CPU µs/connection");
      return { values: { seconds, "CPU µs/connection": used / subscribers, ...values }, coarse, saturated };
    }),
};
