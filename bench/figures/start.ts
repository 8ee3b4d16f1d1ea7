import { startGenerator } from "#bench/load/generator.ts";
import type { Figure } from "./figure.ts";

/** From nothing to the first client that is let in. */
export const start: Figure = {
  kind: "start",
  title: () => "start, to the first CONNECTED",
  contenders: ["broker", "naive-ws", "socket.io", "rabbitmq"],
  async measure(contender) {
    const generator = startGenerator();
    try {
      const began = performance.now();
      const { target, stop } = await contender.start({ rooms: 1 });
      try {
        await generator.open({ target, subscribers: 0, publishers: 1, subscriptions: 0, heartBeat: 0 });
        return { values: { ms: performance.now() - began }, saturated: false };
      } finally {
        await stop();
      }
    } finally {
      await generator.close();
    }
  },
};
