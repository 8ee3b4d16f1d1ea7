import { setTimeout } from "node:timers/promises";
import { cpuTime, tooCoarse } from "#bench/cpu-time.ts";
import { residentMemory } from "#bench/resident-memory.ts";
import { connectionsOf, type Figure } from "./figure.ts";
import { serving } from "./serving.ts";

const ROOMS = 100;
const SUBSCRIPTIONS = 3;
const HEART_BEAT = 10_000;
/** For what connecting has left behind to be collected. */
const SETTLE = 3_000;

/** What a connection costs that says nothing: three subscriptions and heart-beats, where there are any. */
export const idle: Figure = {
  kind: "idle",
  title: (settings) => `${connectionsOf(settings).toLocaleString("en")} idle connections, three subscriptions`,
  contenders: ["broker", "chat", "naive-ws", "socket.io", "rabbitmq"],
  measure: (contender, settings) =>
    serving(contender, ROOMS, async ({ pid, target }, generator) => {
      const { seconds } = settings;
      const subscribers = connectionsOf(settings);
      // The first connection pays for code that all of them share.
      await generator.open({ target, subscribers: 1, publishers: 0, subscriptions: SUBSCRIPTIONS, heartBeat: 0 });
      const before = residentMemory(pid);
      const order = { target, subscribers, publishers: 0, subscriptions: SUBSCRIPTIONS, heartBeat: HEART_BEAT };
      await generator.open(order);
      await setTimeout(SETTLE);
      const cpu = cpuTime(pid);
      await setTimeout(seconds * 1_000);
      const used = cpuTime(pid) - cpu;
      const values = {
        "kB/connection": (residentMemory(pid) - before) / subscribers / 1_000,
        "CPU %": (used / (seconds * 1_000_000)) * 100,
      };
      return { values, coarse: tooCoarse(used, "CPU %"), saturated: false };
    }),
};
