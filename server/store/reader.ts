import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type ConnectionOptions, connect } from "./connection.ts";
import type { Call } from "./group-commit.ts";
import { failureOf } from "./outcome.ts";
import { lastChange } from "./queries/changes.ts";
import { queries } from "./queries.ts";
import type { Answer, Failure } from "./thread.ts";

// The entry of a reader's thread: what arrives together is read in one transaction and answered together, so what it tells was true at one moment.
const port = parentPort as MessagePort;
const connection = connect({ ...(workerData as ConnectionOptions), readonly: true });
const begin = connection.sqlite.prepare("begin");
const rollback = connection.sqlite.prepare("rollback");
let turn = Promise.resolve();

port.on("message", (message: Call[] | "close") => {
  turn = turn.then(() => (message === "close" ? close() : answerAll(message)));
});
port.postMessage({ last: await lastChange(connection.db) });

async function answerAll(calls: Call[]): Promise<void> {
  const answers: (Answer | Failure)[] = [];
  begin.run();
  try {
    for (const call of calls) answers.push(await answer(call));
  } finally {
    rollback.run();
  }
  port.postMessage(answers);
}

async function answer({ id, name, input }: Call): Promise<Answer | Failure> {
  try {
    const query = queries[name as keyof typeof queries] as (
      db: typeof connection.db,
      input: unknown,
    ) => Promise<unknown>;
    return { id, ok: true, result: await query(connection.db, input) };
  } catch (error) {
    return failureOf({ id }, error);
  }
}

function close(): void {
  connection.sqlite.close();
  port.close();
}
