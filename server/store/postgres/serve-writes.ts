import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Batch, Call, CommandMap } from "#server/store/group-commit.ts";
import { busy } from "#server/store/outcome.ts";
import { lastChange } from "#server/store/queries/changes.ts";
import { migrate } from "./migrate.ts";
import { openPool, type Pool, type PoolOptions } from "./pool.ts";
import { commitTogether } from "./room-commit.ts";

/** Bounds how long the first command of a transaction waits for the last, and how long others wait for the room. */
const MOST_IN_A_BATCH = 64;

/** The commands that touch one room alone, which their input names; all others are of the place. */
const OF_ONE_ROOM: ReadonlySet<string> = new Set(["post", "markRead", "importMessages"]);

/**
 * The life of the writer's thread on PostgreSQL: what waits for one room is one transaction, and while it is on its way the next one of that room
 * gathers. Rooms go beside each other, as many as there are connections. While the server cannot be reached everything is answered `busy`.
 */
export async function serveWrites(commands: CommandMap): Promise<void> {
  const port = parentPort as MessagePort;
  const options = workerData as PoolOptions & { known?: number };
  const pool = openPool(options);
  let last = await begin(pool);
  if (options.known !== undefined) last = options.known;
  const waiting = new Map<string, Call[]>();
  const running = new Set<string>();
  let closing = false;

  function report(batch: Batch): void {
    last = batch.outcomes.reduce(
      (n, outcome) => (outcome.ok ? Math.max(n, outcome.changes.at(-1)?.n ?? 0) : n),
      Math.max(last, batch.foreign.at(-1)?.n ?? 0),
    );
    port.postMessage(batch);
  }

  async function run(lane: string, calls: Call[]): Promise<void> {
    const room = lane.startsWith(ROOM) ? lane.slice(ROOM.length) : undefined;
    await commitTogether({ pool, commands, known: () => last, report }, room, calls).catch(() => refuse(calls));
    running.delete(lane);
    next();
  }

  /** Nobody who waits is better off by waiting longer. */
  function refuse(calls: Call[]): void {
    const all = [...calls, ...[...waiting.values()].flat()];
    waiting.clear();
    port.postMessage({ foreign: [], outcomes: all.map(busy) } satisfies Batch);
  }

  function next(): void {
    for (const [lane, calls] of waiting) {
      if (running.size === options.size) return;
      if (running.has(lane)) continue;
      const batch = calls.splice(0, MOST_IN_A_BATCH);
      // What is left goes to the end of the line.
      waiting.delete(lane);
      if (calls.length > 0) waiting.set(lane, calls);
      running.add(lane);
      void run(lane, batch);
    }
    if (closing && running.size === 0 && waiting.size === 0) void pool.close().then(() => port.close());
  }

  port.on("message", (message: Call[] | "close") => {
    if (message === "close") closing = true;
    else for (const call of message) append(waiting, laneOf(call), call);
    next();
  });
  port.postMessage({ last });
}

const ROOM = "room ";

function laneOf({ id, name, input }: Call): string {
  return OF_ONE_ROOM.has(name) ? ROOM + (input as { room: string }).room : `place ${id}`;
}

function append(lanes: Map<string, Call[]>, lane: string, call: Call): void {
  const calls = lanes.get(lane);
  if (calls) calls.push(call);
  else lanes.set(lane, [call]);
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
