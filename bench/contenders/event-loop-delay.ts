import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

// Preloaded into a server that is measured; production never loads it. The first SIGUSR2 begins to sample, the next one ends it and says how late the main
// thread's timers were.
const RESOLUTION = 1;

if (isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
  let isSampling = false;
  process.on("SIGUSR2", () => {
    isSampling = !isSampling;
    if (isSampling) {
      delays.reset();
      delays.enable();
      return;
    }
    delays.disable();
    // A sample is the time from one timer to the next, of which the resolution is what was asked for.
    const late = Math.max(0, delays.percentile(99) / 1_000_000 - RESOLUTION);
    process.stdout.write(`event loop delay p99 ms: ${late}\n`);
  });
}
