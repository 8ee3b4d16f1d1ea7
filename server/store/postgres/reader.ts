import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Db } from "#server/store/connection.ts";
import type { Call } from "#server/store/group-commit.ts";
import { busy, failureOf } from "#server/store/outcome.ts";
import { queries } from "#server/store/queries.ts";
import type { Answer, Failure } from "#server/store/thread.ts";
import { isPassing, toldOf } from "./failures.ts";
import { openPool, type PoolOptions } from "./pool.ts";

// The entry of a reader's thread: each query is one transaction, so what it tells was true at one moment.
const port = parentPort as MessagePort;
const pool = openPool(workerData as PoolOptions);
const under = new Set<Promise<void>>();
let answers: (Answer | Failure)[] = [];

port.on("message", (message: Call[] | "close") => {
  if (message === "close") void close();
  else for (const call of message) take(call);
});
port.postMessage({ last: 0 });

function take(call: Call): void {
  const answered = answer(call);
  under.add(answered);
  void answered.then(() => under.delete(answered));
}

async function answer(call: Call): Promise<void> {
  try {
    tell({ id: call.id, ok: true, result: await read(call) });
  } catch (error) {
    tell(isPassing(error) ? busy(call) : failureOf(call, toldOf(error)));
  }
}

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

/** Begin and end travel with the query's own statements, and nobody waits for them. */
async function read({ name, input }: Call): Promise<unknown> {
  const query = queries[name as keyof typeof queries] as (db: Db, input: unknown) => Promise<unknown>;
  const lease = await pool.take();
  let isBroken = false;
  void lease.run("begin isolation level repeatable read read only");
  try {
    return await query(lease.db, input);
  } catch (thrown) {
    const failure = lease.firstFailure();
    isBroken = failure !== undefined || !isRefusal(thrown);
    throw isRefusal(thrown) ? thrown : (failure ?? thrown);
  } finally {
    if (isBroken) lease.release(true);
    else
      lease.run("commit").then(
        () => lease.release(false),
        () => lease.release(true),
      );
  }
}

async function close(): Promise<void> {
  await Promise.all(under);
  setImmediate(async () => {
    await pool.close();
    port.close();
  });
}
