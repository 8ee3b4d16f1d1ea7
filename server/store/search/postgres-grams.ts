import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import type { Grams, Question } from "./grams.ts";

/** Names the lock; any number would do that nobody else uses. */
const LOCK = 7_265_423;

/** What drizzle can do besides, on PostgreSQL. */
interface Executing {
  execute(query: SQL): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Arrays of text under a GIN index. */
export function postgresGrams(db: Db): Grams {
  const { execute } = bound(db as unknown as Executing);
  return {
    async put(rows) {
      await execute(sql`
        insert into search_grams (id, grams)
        select (row ->> 'id')::bigint, array(select jsonb_array_elements_text(row -> 'grams'))
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) row`);
    },
    async remove(id) {
      await execute(sql`delete from search_grams where id = ${id}`);
    },
    async find(question) {
      const { rows } = await execute(finding(question));
      return rows.map(({ id }) => Number(id));
    },
    async hold() {
      await execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    },
  };
}

const bound = (db: Executing): Executing => ({ execute: (query) => db.execute(query) });

function finding({ all, any, from, below, limit }: Question): SQL {
  const conditions = [
    sql`id >= ${from} and id < ${below}`,
    ...(all.length > 0 ? [sql`grams @> ${sql.param(all)}::text[]`] : []),
    ...any.map((grams) => sql`grams && ${sql.param(grams)}::text[]`),
  ];
  return sql`select id from search_grams where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}`;
}
