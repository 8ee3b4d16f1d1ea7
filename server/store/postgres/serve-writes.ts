import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Batch, Call, CommandMap } from "#server/store/group-commit.ts";
import { busy } from "#server/store/outcome.ts";
import { lastChange } from "#server/store/queries/changes.ts";
import { unfitness } from "./failures.ts";
import { type Group, Lanes, SLOW } from "./lanes.ts";
import { migrate } from "./migrate.ts";
import { openPool, type Pool, type PoolOptions } from "./pool.ts";
import { commitTogether } from "./room-commit.ts";

/**
 * The life of the writer's thread on PostgreSQL: what waits for rooms, or for the place, is one transaction, and while it is on its way the next
 * one gathers. While the server cannot be reached everything is answered `busy`.
 */
export async function serveWrites(commands: CommandMap): Promise<void> {
  const port = parentPort as MessagePort;
  const options = workerData as PoolOptions & { known?: number };
  const pool = openPool(options);
  let last = options.known ?? 0;
  const newest = await begin(pool);
  if (options.known === undefined) last = newest;
  const lanes = new Lanes(options.size);
  let closing = false;
  let again: NodeJS.Timeout | undefined;

  function report(batch: Batch): void {
    last = Math.max(last, highest(batch));
    port.postMessage(batch);
  }

  async function run(group: Group): Promise<void> {
    const withheld = await commitTogether({ pool, commands, known: () => last, report }, group).catch(
      (error: unknown) => {
        // Nobody who waits is better off by waiting longer.
        const outcomes = [...group.calls, ...lanes.clear()].map((call) => busy(call, unfitness(error)));
        port.postMessage({ foreign: [], outcomes } satisfies Batch);
        return [];
      },
    );
    lanes.ended(group, withheld);
    next();
  }

  function next(): void {
    for (let group = lanes.next(); group; group = lanes.next()) void run(group);
    if (lanes.isWaiting) again ??= setTimeout(lookAgain, SLOW);
    if (!closing || !lanes.isEmpty) return;
    clearTimeout(again);
    void pool.close().then(() => port.close());
  }

  function lookAgain(): void {
    again = undefined;
    next();
  }

  port.on("message", (message: Call[] | "close") => {
    if (message === "close") closing = true;
    else for (const call of message) lanes.append(call);
    next();
  });
  port.postMessage({ last });
}

/** Resolves with the last change. */
async function begin(pool: Pool): Promise<number> {
  const lease = await pool.take();
  let isBroken = true;
  try {
    await migrate(lease);
    isBroken = false;
    return await lastChange(lease.db);
  } finally {
    lease.release(isBroken);
  }
}

function highest({ foreign, outcomes }: Batch): number {
  const own = outcomes.map((outcome) => (outcome.ok ? (outcome.changes.at(-1)?.n ?? 0) : 0));
  return Math.max(foreign.at(-1)?.n ?? 0, ...own);
}
