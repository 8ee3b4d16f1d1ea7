import { brokerUrl } from "#server/relay/broker-url.ts";
import { openRelay } from "#server/relay/open-relay.ts";
import { Histogram } from "./load/histogram.ts";
import type { Order, PeerReport } from "./relay.ts";

/** A node of the relay's bench: hears, and publishes when it is told to. It is a process of its own. */
const [url = "", node = "", rooms = "0", bytes = "0"] = process.argv.slice(2);
const keys = Array.from({ length: Number(rooms) }, (_, n) => `room-${n}`);
const filling = "x".repeat(Number(bytes));
const latencies = new Histogram();
let heard = 0;

const relay = openRelay({
  url: brokerUrl(url),
  node,
  heard(_, hint) {
    heard += 1;
    // The clock is the machine's, the same for all processes.
    latencies.add(Number(process.hrtime.bigint() - BigInt(hint.slice(0, hint.indexOf(" ")))) / 1_000);
  },
  changed(state, reason) {
    if (state === "down") console.error(`${node} is down: ${reason}`);
  },
});
await Promise.all(keys.map((key) => relay.heed(key)));

process.on("message", async (order: Order) => {
  if (order.kind === "publish") await publish(order.rate, order.seconds);
  if (order.kind === "forget") {
    latencies.clear();
    heard = 0;
  }
  if (order.kind === "close") {
    await relay.close();
    process.disconnect();
    return;
  }
  const { dropped } = relay.counts();
  const report: PeerReport = {
    state: relay.state,
    heard,
    dropped,
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
  };
  process.send?.(report);
});

/** At an even pace: what is due by now goes, so that a late timer does not make the rate smaller. */
function publish(rate: number, seconds: number): Promise<void> {
  const began = performance.now();
  let published = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const passed = Math.min((performance.now() - began) / 1_000, seconds);
      for (; published < passed * rate; published++)
        relay.publish(keys[published % keys.length] as string, `${process.hrtime.bigint()} ${filling}`);
      if (passed < seconds) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}
