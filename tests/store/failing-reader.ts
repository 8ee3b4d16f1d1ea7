import { parentPort, workerData } from "node:worker_threads";

// A reader's thread that starts as often as `lives` says, and fails every time after that.
const { starts, lives } = workerData as { starts: Int32Array; lives: number };
if (Atomics.add(starts, 0, 1) >= lives) throw new Error("no file descriptor is left");
parentPort?.postMessage({ last: 0 });
