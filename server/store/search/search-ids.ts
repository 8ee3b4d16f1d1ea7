import { and, desc, gte, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { prepared } from "#server/store/prepared.ts";
import { searchRows } from "#server/store/tables.ts";

/** Ids of one millisecond: so the order of ids is the order of time, and a day is a range of them. Whole numbers of JavaScript last for two centuries. */
const OF_A_MILLISECOND = 1_024;

/** Beyond every id there can be. */
export const BEYOND_IDS = Number.MAX_SAFE_INTEGER;

/** The lowest id of a moment (milliseconds since 1970). */
export const firstIdOf = (instant: number) => Math.max(0, Math.floor(instant)) * OF_A_MILLISECOND;

export const instantOf = (id: number) => Math.floor(id / OF_A_MILLISECOND);

/** Free ids for messages of these moments, in their order. Where a moment is full, those of the next one follow. */
export async function freeIds(db: Db, instants: readonly number[]): Promise<number[]> {
  const highest = await highestIds(db, new Set(instants.map(firstIdOf)));
  const ids: number[] = [];
  for (const instant of instants) {
    for (let first = firstIdOf(instant); ; first += OF_A_MILLISECOND) {
      if (!highest.has(first)) highest.set(first, await highestOf(db, first));
      const id = (highest.get(first) ?? first - 1) + 1;
      if (id === first + OF_A_MILLISECOND) continue;
      highest.set(first, id);
      ids.push(id);
      break;
    }
  }
  return ids;
}

type Highest = Map<number, number | undefined>;

/** The highest id that was given out in each moment. They are given out from the first on, so where the first is free the moment is. */
async function highestIds(db: Db, firsts: ReadonlySet<number>): Promise<Highest> {
  const begun = await db
    .select({ id: searchRows.id })
    .from(searchRows)
    .where(inArray(searchRows.id, [...firsts]));
  const highest: Highest = new Map([...firsts].map((first) => [first, undefined]));
  // All begun before one is awaited: to PostgreSQL they travel together.
  const looks = begun.map(async ({ id }) => highest.set(id, await highestOf(db, id)));
  await Promise.all(looks);
  return highest;
}

async function highestOf(db: Db, first: number): Promise<number | undefined> {
  const [last] = await statements(db).last.execute({ from: first, below: first + OF_A_MILLISECOND });
  return last?.id;
}

const given = sql.placeholder;

const statements = prepared((db) => ({
  last: db
    .select({ id: searchRows.id })
    .from(searchRows)
    .where(and(gte(searchRows.id, given("from")), lt(searchRows.id, given("below"))))
    .orderBy(desc(searchRows.id))
    .limit(1),
}));
