import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStore, type StoreOptions } from "#server/store/store.ts";
import { founding } from "#tests/store/founding.ts";
import { freshDatabase, query, startPostgres } from "#tests/support/services/postgres.ts";
import { fill } from "./search/fill.ts";
import { indexAll, type Line, posts, searches } from "./search/measure.ts";

/**
 * What a search costs where much was said, and what it costs those who post: `npm run bench:search`; `-- --sqlite 100000 --postgres 0` for other numbers
 * of messages (0 leaves one out), `--rooms 20`.
 */
const { values: flags } = parseArgs({
  options: {
    sqlite: { type: "string", default: "1000000" },
    postgres: { type: "string", default: "200000" },
    rooms: { type: "string", default: "20" },
  },
});

if (Number(flags.sqlite) > 0) await onSqlite(Number(flags.sqlite));
if (Number(flags.postgres) > 0) await onPostgres(Number(flags.postgres));

async function onSqlite(messages: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sarangbang-search-"));
  const file = join(folder, "chat.db");
  try {
    await measure("SQLite", { file }, messages, async () => statSync(file).size);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onPostgres(messages: number): Promise<void> {
  const service = await startPostgres();
  try {
    const url = await freshDatabase(service);
    const size = async () => {
      await query(url, "vacuum analyze");
      return Number((await query(url, "select pg_database_size(current_database()) as size"))[0]?.size);
    };
    await measure("PostgreSQL", { url }, messages, size);
  } finally {
    await service.stop();
  }
}

async function measure(title: string, at: StoreOptions, messages: number, size: () => Promise<number>): Promise<void> {
  // No looks for what others did between: nobody else is here.
  const store = await openStore({ ...at, pollEvery: 3_600_000 });
  await fill(store, messages, Number(flags.rooms));
  await settled();
  const before = await size();
  const indexed = await indexAll(store, messages);
  await settled();
  const grown = { what: "what search takes", median: ((await size()) - before) / 2 ** 20, unit: "MiB" };
  const lines = [
    ...indexed,
    { ...grown, most: grown.median },
    ...(await searches(store, founding.now)),
    ...(await posts(store)),
  ];
  await store.close();
  print(`${title}, ${messages.toLocaleString("en")} messages in ${flags.rooms} rooms`, lines);
}

/** The write-ahead log is moved into the file beside everything else. */
function settled(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 3_000));
}

function print(title: string, lines: Line[]): void {
  console.log(`\n${title}\n\n| | median | most | |\n| --- | ---: | ---: | --- |`);
  for (const { what, median, most, unit } of lines)
    console.log(`| ${what} | ${digits(median)} | ${digits(most)} | ${unit} |`);
}

function digits(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
