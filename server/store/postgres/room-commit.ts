import { eq, sql } from "drizzle-orm";
import { isRefusal } from "#lib/chat/refusal.ts";
import type { Change } from "#server/store/committed.ts";
import type { Batch, Call, CommandMap, Outcome } from "#server/store/group-commit.ts";
import { busy, failureOf } from "#server/store/outcome.ts";
import { prepared } from "#server/store/prepared.ts";
import { changesAfter } from "#server/store/queries/changes.ts";
import { gramsIn } from "#server/store/search/grams.ts";
import { rooms } from "#server/store/tables.ts";
import { Transaction } from "#server/store/transaction.ts";
import { LOCKS } from "./advisory-locks.ts";
import { isEntwined, isPassing, toldOf, unfitness } from "./failures.ts";
import { type Group, holdsSearch, roomOf } from "./lanes.ts";
import type { Lease, Pool } from "./pool.ts";

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

/** How a transaction begins. */
interface Begun {
  /** What others committed before: everything of this transaction comes after them. */
  foreign: Promise<Change[]>;
  /** Rooms that are not waited for. */
  heldByOthers: Promise<ReadonlySet<string>> | undefined;
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
  const begun = begin(lease, group, known());
  const { ours, withheld } = divide(group.calls, await begun.heldByOthers);
  const outcomes: Outcome[] = [];
  let end: number | undefined;
  for (const call of ours) {
    if (end !== undefined && performance.now() > end) break;
    const { outcome, isSpoiled } = await attempt(commands, lease, call);
    // Until the first is answered the rooms may have been somebody else's.
    end ??= performance.now() + LONGEST;
    outcomes.push(outcome);
    if (!isSpoiled) continue;
    await lease.run("rollback");
    return group.calls.length === 1 ? { batch: { foreign: [], outcomes }, rest: [], withheld } : undefined;
  }
  const foreign = await begun.foreign;
  const own = outcomes.flatMap((outcome) => (outcome.ok ? outcome.changes : []))[0]?.n;
  // Whoever numbered a change holds the counter until its commit, so all lower ones are to be seen now, were they of another room's transaction.
  const lower = own === undefined ? foreign : (await changesAfter(lease.db, known())).filter(({ n }) => n < own);
  await commit(lease);
  return { batch: { foreign: lower, outcomes }, rest: ours.slice(outcomes.length), withheld };
}

function divide(calls: Call[], heldByOthers: ReadonlySet<string> | undefined): { ours: Call[]; withheld: Call[] } {
  if (!heldByOthers) return { ours: calls, withheld: [] };
  const isHeld = (call: Call) => heldByOthers.has(roomOf(call) as string);
  return { ours: calls.filter((call) => !isHeld(call)), withheld: calls.filter(isHeld) };
}

async function commit(lease: Lease): Promise<void> {
  const { command } = await lease.run("commit");
  if (command !== "COMMIT") throw new Error(`The transaction ended with ${command}`);
}

/** All of it travels together, and with the first command; when something of it fails, so does whatever comes after it. */
function begin(lease: Lease, { rooms: wanted, calls }: Group, last: number): Begun {
  const kind = wanted === undefined ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  void lease.run(`begin; select ${kind}(${LOCKS.commits})`);
  const heldByOthers = wanted && hold(lease, wanted);
  // Not when its turn comes: by then an earlier command may have numbered a change, and whoever does it the other way round waits for this for ever.
  const searching = calls.some(holdsSearch) ? gramsIn(lease.db).hold() : Promise.resolve();
  const foreign = changesAfter(lease.db, last);
  // Whoever sees a command fail does not ask for these.
  for (const each of [searching, foreign]) each.catch(() => {});
  return { foreign, heldByOthers };
}

/** A single room is waited for. */
function hold(lease: Lease, wanted: readonly string[]): Promise<ReadonlySet<string>> | undefined {
  const { one } = statements(lease.db);
  if (wanted.length > 1) return holdFree(lease, wanted);
  void one.execute({ room: wanted[0] });
  return undefined;
}

/** Resolves with the rooms among them that somebody else holds; all others are held from then on. */
async function holdFree({ db }: Lease, wanted: readonly string[]): Promise<ReadonlySet<string>> {
  const { free, known } = statements(db);
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
  return isPassing(error) ? busy(call, unfitness(error)) : failureOf(call, toldOf(error));
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
