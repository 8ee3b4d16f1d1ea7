import { and, desc, gte, lt, sql } from "drizzle-orm";
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
  const { last } = statements(db);
  const highest = new Map<number, Promise<number | undefined> | number | undefined>();
  const look = async (first: number) =>
    (await last.execute({ from: first, below: first + OF_A_MILLISECOND }))[0]?.id as number | undefined;
  // All begun before one is awaited: to PostgreSQL they travel together.
  for (const instant of instants) {
    const first = firstIdOf(instant);
    if (!highest.has(first)) highest.set(first, look(first));
  }
  const ids: number[] = [];
  for (const instant of instants) {
    for (let first = firstIdOf(instant); ; first += OF_A_MILLISECOND) {
      const id = ((await (highest.has(first) ? highest.get(first) : look(first))) ?? first - 1) + 1;
      highest.set(first, Math.min(id, first + OF_A_MILLISECOND - 1));
      if (id === first + OF_A_MILLISECOND) continue;
      ids.push(id);
      break;
    }
  }
  return ids;
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
