import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, query, startPostgres } from "#tests/support/services/postgres.ts";
import type { Service } from "#tests/support/services/service.ts";

let postgres: Service;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

test("미나 and 준 have databases of their own, and a copy has what it was copied from", async () => {
  const [mina, jun] = [await freshDatabase(postgres), await freshDatabase(postgres)];
  await query(mina, "create table said as select 'annyeong'::text as line");
  await expect(query(jun, "select from said")).rejects.toThrow("does not exist");
  const copy = await freshDatabase(postgres, mina);
  await query(mina, "delete from said");
  expect(await query(copy, "select line from said")).toEqual([{ line: "annyeong" }]);
});

test("what is committed is on the disk", async () => {
  expect(await query(postgres.url, "show fsync")).toEqual([{ fsync: "on" }]);
  expect(await query(postgres.url, "show synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
  expect(await query(postgres.url, "show server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
});
