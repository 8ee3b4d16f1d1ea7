import { setImmediate } from "node:timers";
import type { Change, Committed } from "./committed.ts";
import type { Connection } from "./connection.ts";
import { busy, failureOf, type Unfit } from "./outcome.ts";
import { changesAfter } from "./queries/changes.ts";
import type { Failure } from "./thread.ts";
import { Transaction } from "./transaction.ts";

// biome-ignore lint/suspicious/noExplicitAny: each command has its own input; Store types them by name.
export type CommandMap = Record<string, (tx: Transaction, input: any) => Promise<unknown>>;

export interface Call {
  id: number;
  name: string;
  input: unknown;
}

/** What became of a call, in a form that crosses threads. */
export type Outcome = ({ id: number; ok: true; result: unknown } & Committed) | Failure;

export interface Batch {
  /** Changes that another process committed before this batch. */
  foreign: Change[];
  /** In commit order. */
  outcomes: Outcome[];
  /** A command awaited something else than the database: this thread must be thrown away. */
  stuck?: boolean;
}

/**
 * Runs many commands in one transaction, a savepoint each, and commits once: a failing command rolls back alone, and nobody is answered before
 * the disk has everything. A COMMIT that fails, or a lock that another process holds, answers the whole batch `busy`.
 */
export function groupCommit(
  { sqlite, db }: Connection,
  commands: CommandMap,
  known: number,
): (calls: Call[]) => Promise<Batch> {
  const begin = sqlite.prepare("begin immediate");
  const commit = sqlite.prepare("commit");
  const savepoint = sqlite.prepare("savepoint command");
  const release = sqlite.prepare("release command");
  const undo = sqlite.prepare("rollback to command");
  let last = known;

  return async (calls) => {
    const outcomes: Outcome[] = [];
    let running: Call | undefined;

    async function all(): Promise<Batch> {
      begin.run();
      const foreign = await changesAfter(db, last);
      for (const call of calls) {
        running = call;
        outcomes.push(await one(call));
        // A full disk may have rolled everything back on its own.
        if (!sqlite.inTransaction) return { foreign: [], outcomes: calls.map((each) => busy(each, "full")) };
      }
      commit.run();
      last = outcomes.reduce(highest, foreign.at(-1)?.n ?? last);
      return { foreign, outcomes };
    }

    async function one(call: Call): Promise<Outcome> {
      savepoint.run();
      const tx = new Transaction(db);
      const outcome = await attempt(commands, tx, call);
      if (!sqlite.inTransaction) return outcome;
      if (!outcome.ok) undo.run();
      release.run();
      return outcome;
    }

    const batch = all().catch((error: unknown) => {
      if (!isFailureOfDisk(error)) throw error;
      return { foreign: [], outcomes: calls.map((call) => busy(call, unfitness(error))) };
    });
    const settled = await Promise.race([batch, firesFirst()]);
    if (sqlite.inTransaction) sqlite.exec("rollback");
    return (
      settled ?? {
        foreign: [],
        outcomes: calls.map((call) => (call === running ? stuck(call) : busy(call))),
        stuck: true,
      }
    );
  };
}

async function attempt(commands: CommandMap, tx: Transaction, call: Call): Promise<Outcome> {
  const { id, name, input } = call;
  try {
    const result = await commands[name]?.(tx, input);
    return { id, ok: true, result, changes: tx.changes, effects: tx.effects };
  } catch (error) {
    return isFailureOfDisk(error) ? busy(call, unfitness(error)) : failureOf(call, error);
  }
}

/** The database settles everything in microtasks, so a command that is still running when a macrotask comes awaits something else. */
function firesFirst(): Promise<undefined> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(undefined));
  });
}

const stuck = ({ id, name }: Call): Outcome => ({
  id,
  ok: false,
  defect: { message: `The command ${name} awaited something else than the database.` },
});

function highest(n: number, outcome: Outcome): number {
  return outcome.ok ? Math.max(n, outcome.changes.at(-1)?.n ?? 0) : n;
}

/** A disk that fails in another way is full as well, for whoever runs the server: it is the disk that is to be looked at. */
function unfitness(error: unknown): Unfit | undefined {
  const { code = "" } = error as { code?: string };
  if (/^SQLITE_(READONLY|CANTOPEN)/.test(code)) return "read-only";
  return /^SQLITE_(FULL|IOERR)/.test(code) ? "full" : undefined;
}

/** Full, locked, unreadable: nothing that a command did wrong, and another try may succeed. */
function isFailureOfDisk(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM)/.test(code);
}
