import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type ConnectionOptions, connect } from "./connection.ts";
import { type Call, type CommandMap, groupCommit } from "./group-commit.ts";
import { migrate } from "./migrate.ts";
import { lastChange } from "./queries/changes.ts";

/**
 * Bounds how long the first command of a batch waits for the last, and lets the two threads work beside each other: while one batch is on its way to the
 * disk, the main thread answers the one before it and hands over the next. Larger ones ping-pong.
 */
const MOST_IN_A_BATCH = 64;

/** The life of the writer's thread: everything that waits is one batch, and while it is on its way to the disk the next one gathers. */
export async function serveWrites(commands: CommandMap): Promise<void> {
  const port = parentPort as MessagePort;
  const options = workerData as ConnectionOptions & { known?: number };
  const connection = connect(options);
  migrate(connection);
  const last = options.known ?? (await lastChange(connection.db));
  const commit = groupCommit(connection, commands, last);
  const waiting: Call[] = [];
  let running = false;
  let closing = false;

  function take(message: Call[] | "checkpoint" | "close"): void {
    if (message === "close") closing = true;
    else if (message === "checkpoint") connection.sqlite.pragma("wal_checkpoint(passive)");
    else waiting.push(...message);
  }

  async function run(): Promise<void> {
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) take(more.message);
    const batch = await commit(waiting.splice(0, MOST_IN_A_BATCH));
    // A command that wakes up later must not find a database to write to.
    if (batch.stuck) connection.sqlite.close();
    port.postMessage(batch);
    running = false;
    if (!batch.stuck) next();
  }

  function next(): void {
    if (running) return;
    if (waiting.length > 0) {
      running = true;
      setImmediate(run);
    } else if (closing) {
      connection.sqlite.close();
      port.close();
    }
  }

  port.on("message", (message) => {
    take(message);
    next();
  });
  port.postMessage({ last });
}
