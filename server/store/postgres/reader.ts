import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Db } from "#server/store/connection.ts";
import type { Call } from "#server/store/group-commit.ts";
import { busy, failureOf } from "#server/store/outcome.ts";
import { queries } from "#server/store/queries.ts";
import type { Answer, Failure } from "#server/store/thread.ts";
import { isPassing, toldOf, unfitness } from "./failures.ts";
import { type Lease, openPool, type PoolOptions } from "./pool.ts";

// The entry of a reader's thread: each query runs in a transaction, so what it tells was true at one moment.
const port = parentPort as MessagePort;
const options = workerData as PoolOptions;
const pool = openPool(options);
let waiting: Call[] = [];
let free = options.size;
let closing = false;
let answers: (Answer | Failure)[] = [];

/** Queries in one transaction: where many wait they share one, because its bounds cost as much as most of them do. */
const MOST = 16;

port.on("message", (message: Call[] | "close") => {
  if (message === "close") closing = true;
  else waiting = waiting.concat(message);
  next();
});
port.postMessage({ last: 0 });

function next(): void {
  while (free > 0 && waiting.length > 0) {
    const share = Math.min(MOST, Math.ceil(waiting.length / free));
    void run(waiting.splice(0, share));
  }
  if (closing && free === options.size) setImmediate(close);
}

async function run(calls: Call[]): Promise<void> {
  free -= 1;
  // What failed may have failed because of another one's failure.
  for (const call of await read(calls)) await read([call]);
  free += 1;
  next();
}

/** Answers them; resolves with those of several that are to be tried again alone. */
async function read(calls: Call[]): Promise<Call[]> {
  let lease: Lease;
  try {
    lease = await pool.take();
  } catch (error) {
    // Nobody who waits is better off by waiting longer.
    for (const call of [...calls, ...waiting.splice(0)]) tell(failed(call, error));
    return [];
  }
  // Begin and end travel with the queries' own statements.
  void lease.run("begin isolation level repeatable read read only");
  const again: Call[] = [];
  let isBroken = false;
  const answered = calls.map(async (call) => {
    try {
      tell({ id: call.id, ok: true, result: await queryOf(call)(lease.db, call.input) });
    } catch (thrown) {
      isBroken ||= !isRefusal(thrown);
      if (isRefusal(thrown) || calls.length === 1)
        tell(failed(call, isRefusal(thrown) ? thrown : rootOf(lease, thrown)));
      else again.push(call);
    }
  });
  await Promise.all(answered);
  await end(lease, isBroken);
  return again;
}

async function end(lease: Lease, isBroken: boolean): Promise<void> {
  if (isBroken || lease.firstFailure()) lease.release(true);
  else
    await lease.run("commit").then(
      () => lease.release(false),
      () => lease.release(true),
    );
}

const queryOf = ({ name }: Call) =>
  queries[name as keyof typeof queries] as (db: Db, input: unknown) => Promise<unknown>;

/** The first statement that failed says why; those behind it only that the transaction was aborted. */
const rootOf = (lease: Lease, thrown: unknown) => lease.firstFailure() ?? thrown;

const failed = (call: Call, error: unknown) =>
  isPassing(error) ? busy(call, unfitness(error)) : failureOf(call, toldOf(error));

/** What is answered in one turn travels in one message. */
function tell(answer: Answer | Failure): void {
  if (answers.length === 0) {
    setImmediate(() => {
      port.postMessage(answers);
      answers = [];
    });
  }
  answers.push(answer);
}

async function close(): Promise<void> {
  await pool.close();
  port.close();
}
