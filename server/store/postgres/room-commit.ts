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
import { type Group, roomOf } from "./lanes.ts";
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

/** What became of a transaction: what was answered, what had no time any more, and what of rooms that somebody else held. */
interface Ended {
  batch: Batch;
  rest: Call[];
  withheld: Call[];
}

/** How a transaction began. */
interface Begun {
  /** What others committed before: everything of this transaction comes after them. */
  foreign: Change[];
  /** Whether its room is ours, if there is such a room. */
  isOurs(call: Call): boolean;
}

/**
 * Runs commands of rooms, or of the place, in one transaction. It holds its rooms from its first statement to its commit, so that the order of commits
 * is the order of numbers on all nodes; the place's waits for all of those and runs alone, so that access is as serial as in SQLite. When one of several
 * commands fails, everything is taken back and each runs in a transaction of its own. What the database cannot do now is answered `busy`. Resolves with
 * what was not done: of several rooms it does not wait for those that somebody else holds. Rejects only when the database cannot be reached.
 */
export async function commitTogether(options: RoomCommit, group: Group): Promise<Call[]> {
  const { calls } = group;
  const lease = await options.pool.take();
  let ended: Ended | undefined;
  let isBroken = true;
  try {
    ended = await transact(options, lease, group);
    isBroken = false;
  } catch (error) {
    if (calls.length === 1 || !isEntwined(error)) {
      const outcomes = calls.map((call) => why(call, error));
      ended = { batch: { foreign: [], outcomes }, rest: [], withheld: [] };
    }
  } finally {
    lease.release(isBroken);
  }
  if (!ended) {
    for (const call of calls) await commitTogether(options, alone(call));
    return [];
  }
  options.report(ended.batch);
  const { rest, withheld } = ended;
  return rest.length === 0 ? withheld : [...withheld, ...(await commitTogether(options, { ...group, calls: rest }))];
}

function alone(call: Call): Group {
  const room = roomOf(call);
  return { rooms: room === undefined ? undefined : [room], calls: [call] };
}

/**
 * Runs as many of them as can be done without keeping others waiting. Undefined when it was rolled back because one of several failed. Rejects when the
 * database failed.
 */
async function transact({ commands, known }: RoomCommit, lease: Lease, group: Group): Promise<Ended | undefined> {
  const { foreign, isOurs } = await begin(lease, group, known());
  const [ours, withheld] = [group.calls.filter(isOurs), group.calls.filter((call) => !isOurs(call))];
  const outcomes: Outcome[] = [];
  const end = performance.now() + LONGEST;
  for (const call of ours) {
    if (outcomes.length > 0 && performance.now() > end) break;
    const { outcome, isSpoiled } = await attempt(commands, lease, call);
    outcomes.push(outcome);
    if (!isSpoiled) continue;
    await lease.run("rollback");
    return group.calls.length === 1 ? { batch: { foreign: [], outcomes }, rest: [], withheld } : undefined;
  }
  const own = outcomes.flatMap((outcome) => (outcome.ok ? outcome.changes : []))[0]?.n;
  // Whoever numbered a change holds the counter until its commit, so all lower ones are to be seen now, were they of another room's transaction.
  const lower = own === undefined ? foreign : (await changesAfter(lease.db, known())).filter(({ n }) => n < own);
  await commit(lease);
  return { batch: { foreign: lower, outcomes }, rest: ours.slice(outcomes.length), withheld };
}

async function commit(lease: Lease): Promise<void> {
  const { command } = await lease.run("commit");
  if (command !== "COMMIT") throw new Error(`The transaction ended with ${command}`);
}

/** Everything that it asks travels together. */
async function begin(lease: Lease, { rooms: wanted }: Group, last: number): Promise<Begun> {
  const kind = wanted === undefined ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  const begun = lease.run(`begin; select ${kind}(${LOCK})`);
  const held = wanted === undefined ? undefined : hold(lease, wanted);
  const foreign = changesAfter(lease.db, last);
  for (const each of [held, foreign]) each?.catch(() => {});
  await begun;
  const isHeldByOthers = await held;
  return { foreign: await foreign, isOurs: (call) => !isHeldByOthers?.has(roomOf(call) as string) };
}

/** Resolves with the rooms among them that somebody else holds: for a single one it waits. */
async function hold(lease: Lease, wanted: readonly string[]): Promise<Set<string>> {
  const { one, free, known } = statements(lease.db);
  if (wanted.length === 1) {
    await one.execute({ room: wanted[0] });
    return new Set();
  }
  const held = free.execute({ wanted });
  // A room that does not exist is answered in the same time as one that nobody may know of.
  const existing = await known.execute({ wanted });
  const ours = new Set((await held).map(({ id }) => id));
  return new Set(existing.map(({ id }) => id).filter((id) => !ours.has(id)));
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
  for(strength: "update", how?: { skipLocked: true }): Builder;
}

const given = sql.placeholder;

const statements = prepared((db) => {
  const ids = () => db.select({ id: rooms.id }).from(rooms);
  const one = ids().where(eq(rooms.id, given("room")));
  const several = () => ids().where(sql`${rooms.id} = any(${given("wanted")})`);
  const free = several();
  return {
    one: (one as unknown as Locking<typeof one>).for("update"),
    free: (free as unknown as Locking<typeof free>).for("update", { skipLocked: true }),
    known: several(),
  };
});
