import { eq, sql } from "drizzle-orm";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Change } from "#server/store/committed.ts";
import type { Batch, Call, CommandMap, Outcome } from "#server/store/group-commit.ts";
import { busy, failureOf } from "#server/store/outcome.ts";
import { prepared } from "#server/store/prepared.ts";
import { changesAfter } from "#server/store/queries/changes.ts";
import { rooms } from "#server/store/tables.ts";
import { Transaction } from "#server/store/transaction.ts";
import { isEntwined, isPassing, toldOf } from "./failures.ts";
import type { Group } from "./lanes.ts";
import type { Lease, Pool } from "./pool.ts";

/** Names the lock between what belongs to one room and what belongs to the place; any number would do that nobody else uses. */
const LOCK = 7_265_422;

/** Milliseconds after which a transaction takes no more commands: other nodes wait for the room, and the place for all rooms. */
const LONGEST = 100;

export interface RoomCommit {
  pool: Pool;
  commands: CommandMap;
  /** The highest change that was reported so far. */
  known(): number;
  /** Is told what was committed, in the order of the commits in each room. */
  report(batch: Batch): void;
}

/**
 * Runs commands of one room, or of the place (no room), in one transaction. A room's transaction holds the room from its first statement to its
 * commit, so that the order of commits is the order of numbers on all nodes; the place's waits for all of those and runs alone, so that access is as
 * serial as in SQLite. When one of several commands fails, everything is taken back and each runs in a transaction of its own. What the database
 * cannot do now is answered `busy`. Rejects only when it cannot be reached.
 */
export async function commitTogether(options: RoomCommit, group: Group): Promise<void> {
  const { calls } = group;
  const lease = await options.pool.take();
  let batch: Batch | undefined;
  let isBroken = true;
  try {
    batch = await transact(options, lease, group);
    isBroken = false;
  } catch (error) {
    if (calls.length === 1 || !isEntwined(error))
      batch = { foreign: [], outcomes: calls.map((call) => why(call, error)) };
  } finally {
    lease.release(isBroken);
  }
  if (batch) {
    options.report(batch);
    const rest = calls.slice(batch.outcomes.length);
    if (rest.length > 0) await commitTogether(options, { ...group, calls: rest });
  } else for (const call of calls) await commitTogether(options, { ...group, calls: [call] });
}

/**
 * Runs as many of them as can be done without keeping others waiting. Undefined when it was rolled back because one of several failed. Rejects when the
 * database failed.
 */
async function transact(
  { commands, known }: RoomCommit,
  lease: Lease,
  { room, calls }: Group,
): Promise<Batch | undefined> {
  const foreign = await begin(lease, room, known());
  const outcomes: Outcome[] = [];
  const end = performance.now() + LONGEST;
  for (const call of calls) {
    if (outcomes.length > 0 && performance.now() > end) break;
    const { outcome, isSpoiled } = await attempt(commands, lease, call);
    outcomes.push(outcome);
    if (!isSpoiled) continue;
    await lease.run("rollback");
    return calls.length === 1 ? { foreign: [], outcomes } : undefined;
  }
  const own = outcomes.flatMap((outcome) => (outcome.ok ? outcome.changes : []))[0]?.n;
  // Whoever numbered a change holds the counter until its commit, so all lower ones are to be seen now, were they of another room's transaction.
  const lower = own === undefined ? foreign : (await changesAfter(lease.db, known())).filter(({ n }) => n < own);
  const { command } = await lease.run("commit");
  if (command !== "COMMIT") throw new Error(`The transaction ended with ${command}`);
  return { foreign: lower, outcomes };
}

/** Changes that others committed before: everything of this transaction comes after them. */
async function begin(lease: Lease, room: string | undefined, last: number): Promise<Change[]> {
  const begun = lease.run("begin");
  const kind = room === undefined ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  const locked = lease.run(`select ${kind}(${LOCK})`);
  const held = room === undefined ? undefined : statements(lease.db).hold.execute({ room });
  const foreign = changesAfter(lease.db, last);
  foreign.catch(() => {});
  await begun;
  await locked;
  await held;
  return await foreign;
}

/** A refusal that wrote nothing leaves nothing to be taken back; after any other failure the transaction is spoiled. */
async function attempt(
  commands: CommandMap,
  lease: Lease,
  call: Call,
): Promise<{ outcome: Outcome; isSpoiled: boolean }> {
  const { id, name, input } = call;
  const tx = new Transaction(lease.db);
  const before = lease.writes();
  try {
    const result = await commands[name]?.(tx, input);
    return { outcome: { id, ok: true, result, changes: tx.changes, effects: tx.effects }, isSpoiled: false };
  } catch (thrown) {
    const failure = lease.firstFailure();
    const error = isRefusal(thrown) ? thrown : (failure ?? thrown);
    if (isPassing(error)) throw error;
    const isIntact = isRefusal(error) && !failure && lease.writes() === before;
    return { outcome: failureOf(call, toldOf(error)), isSpoiled: !isIntact };
  }
}

function why(call: Call, error: unknown): Outcome {
  return isPassing(error) ? busy(call) : failureOf(call, toldOf(error));
}

/** What drizzle's builders can do besides, on PostgreSQL. */
interface Locking<Builder> {
  for(strength: "update"): Builder;
}

const statements = prepared((db) => {
  const found = db
    .select({ id: rooms.id })
    .from(rooms)
    .where(eq(rooms.id, sql.placeholder("room")));
  return { hold: (found as unknown as Locking<typeof found>).for("update") };
});
