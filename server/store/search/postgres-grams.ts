import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#server/store/connection.ts";
import { LOCKS } from "#server/store/postgres/advisory-locks.ts";
import type { Grams, Question } from "./grams.ts";

/** Messages that are looked through one by one: what people talk about is found among these, and need not be counted first. */
const NEWEST = 2_000;

/** What drizzle can do besides, on PostgreSQL. */
interface Executing {
  execute(query: SQL): Promise<{ rows: Record<string, unknown>[] }>;
}
type Execute = Executing["execute"];

/** Arrays of text under a GIN index. */
export function postgresGrams(db: Db): Grams {
  const execute: Execute = (query) => (db as unknown as Executing).execute(query);
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
      const { limit, below } = question;
      const [edge] = await idsOf(
        execute,
        sql`select id from search_grams where id < ${below} order by id desc offset ${NEWEST} limit 1`,
      );
      if (edge === undefined) return await idsOf(execute, finding(question, sql`id`));
      const newest = await idsOf(execute, finding({ ...question, from: Math.max(edge, question.from) }, sql`id`));
      if (newest.length === limit) return newest;
      const rest = { ...question, below: edge, limit: limit - newest.length };
      // Of what is rare among the newest the index knows all places quickly; reading back from the newest might read everything.
      return [...newest, ...(await idsOf(execute, finding(rest, sql`id + 0`)))];
    },
    async hold() {
      await execute(sql`select pg_advisory_xact_lock(${LOCKS.search})`);
    },
  };
}

async function idsOf(execute: Execute, query: SQL): Promise<number[]> {
  return (await execute(query)).rows.map(({ id }) => Number(id));
}

function finding({ all, any, from, below, limit }: Question, order: SQL): SQL {
  const conditions = [
    sql`id >= ${from} and id < ${below}`,
    ...(all.length > 0 ? [sql`grams @> ${sql.param(all)}::text[]`] : []),
    ...any.map((grams) => sql`grams && ${sql.param(grams)}::text[]`),
  ];
  return sql`select id from search_grams where ${sql.join(conditions, sql` and `)} order by ${order} desc limit ${limit}`;
}
