import { stat } from "node:fs/promises";
import type { ConnectionOptions } from "./connection.ts";
import { type Answer, Thread } from "./thread.ts";

const CHECKPOINTER = new URL("./checkpointer.ts", import.meta.url);
const EVERY = 1_000;
// Bytes: below SQLite's own threshold of 1,000 pages there is nothing to do.
const WORTH_IT = 4 * 1024 * 1024;
// Pages (64 MiB). A log that is written all the time never ends where a passive checkpoint ends, and would grow for ever.
const TOO_LONG = 16_384;

/** Keeps the write-ahead log small, from a thread of its own that starts when there is something to do. Returns how to stop. */
export function startCheckpoints(options: ConnectionOptions, checkpointInWriter: () => void): () => Promise<void> {
  let thread: Thread<Answer> | undefined;
  let isStopped = false;

  function start(): Thread<Answer> {
    const started: Thread<Answer> = new Thread(CHECKPOINTER, options, (answer) => started.settle(answer));
    // A full disk ends it, at its start or later; then the next checkpoint starts another.
    started.ready.catch(() => {});
    void started.exited.then(() => {
      thread = undefined;
    });
    return started;
  }

  async function checkpoint(): Promise<void> {
    const log = await stat(`${options.file}-wal`);
    // A thread that starts after the end would never end.
    if (isStopped || log.size < WORTH_IT) return;
    thread ??= start();
    const pages = (await thread.call("checkpoint", null)) as number;
    if (pages > TOO_LONG) checkpointInWriter();
  }

  // One that fails is made up for by the next.
  const timer = setInterval(() => checkpoint().catch(() => {}), EVERY).unref();
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await thread?.close();
  };
}
