import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { expect, onTestFinished, test } from "vitest";
import { parseSearch } from "#lib/text/search-query.ts";
import { startIndexing } from "#server/chat/indexing.ts";
import { openRows } from "#server/store/archive/place.ts";
import { replace } from "#server/store/archive/replace.ts";
import { connect } from "#server/store/connection.ts";
import { examine } from "#server/store/doctor/examine.ts";
import { openStore, type Store } from "#server/store/store.ts";
import { changeFile, inFile } from "#tests/support/sqlite.ts";
import { until } from "#tests/support/until.ts";
import { asConsole, founding, mina, minaSays, minasSession } from "./founding.ts";
import { tempFolder } from "./temp-folder.ts";

const MIGRATIONS = new URL("../../drizzle/sqlite", import.meta.url).pathname;

async function found(store: Store, text: string): Promise<string[]> {
  const query = parseSearch(text);
  const { messages } = await store.read("search", { actor: mina, now: founding.now, query, limit: 50 });
  return messages.map((message) => message.text);
}

/** Opens the file and makes everything searchable, as a server does beside its work. */
async function openSearchable(file: string): Promise<Store> {
  const store = await openStore({ file });
  const stop = startIndexing({ store, every: 10, failed: expect.unreachable });
  await until("everything to be searchable", async () => (await store.read("unindexed")).length === 0);
  await stop();
  onTestFinished(store.close);
  return store;
}

/** 미나's place as it was before messages could be searched. */
function oldPlace(file: string): void {
  const { sqlite } = connect({ file, busyTimeout: 50 });
  sqlite.exec("create table migrations (made integer primary key, hash text not null)");
  for (const { sql, folderMillis, hash } of readMigrationFiles({ migrationsFolder: MIGRATIONS }).slice(0, 2)) {
    for (const statement of sql) sqlite.exec(statement);
    sqlite.prepare("insert into migrations values (?, ?)").run(folderMillis, hash);
  }
  sqlite.exec("insert into counters values ('changes', 0)");
  sqlite.close();
  const values = Array.from(
    { length: 700 },
    (_, n) => `('by', ${n + 1}, ${n + 1}, ${n + 1}, 'm${n}', 'mna', '옛 이야기 ${n}', ${n})`,
  );
  changeFile(
    file,
    `insert into users (id, name, role, preferences, created_at) values ('mna', '미나', 'admin', '{}', 1);
    insert into sessions values ('ss', 'mna', 1, ${founding.now * 2}, '');
    insert into rooms (id, name, kind, posting, created_at, head, last_seq, countable) values ('by', '방', 'open', 'everyone', 1, 700, 700, 700);
    insert into messages (room, seq, rev, countable, id, author, text, created_at) values ${values.join(", ")}`,
  );
}

test("what was said before an upgrade is made searchable after it, and an end in the middle loses nothing", async () => {
  const file = join(tempFolder(), "chat.db");
  oldPlace(file);
  const first = await openStore({ file });
  expect(await first.write("indexMessages", { rooms: ["by"] })).toEqual({ more: true });
  await first.close();
  const store = await openSearchable(file);
  expect(await found(store, '"이야기 0"')).toEqual(["옛 이야기 0"]);
  expect(await found(store, '"이야기 699"')).toEqual(["옛 이야기 699"]);
  expect(inFile(file, "select count(*) as n from search_rows")).toEqual([{ n: 700 }]);
});

test("wherever a place is brought, its messages are found there, and what the index is made of is no part of the archive", async () => {
  const folder = tempFolder();
  const [from, to] = [join(folder, "from.db"), join(folder, "to.db")];
  const store = await openStore({ file: from });
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  await store.write("post", minaSays("회의를 합시다", "k1"));
  await store.write("post", minaSays("점심은 칼국수", "k2"));
  await store.write("indexMessages", { rooms: ["by"] });
  expect(await found(store, "회의")).toEqual(["회의를 합시다"]);
  await store.close();
  // What is there is replaced, with everything that could be found in it.
  const other = await openStore({ file: to });
  await other.write("claim", founding);
  await other.write("importMessages", {
    ...asConsole,
    room: "by",
    messages: [{ id: "x", author: "mna", text: "회의는 없다", createdAt: 1 }],
  });
  await other.write("indexMessages", { rooms: ["by"] });
  await other.close();
  const rows = await openRows({ file: from });
  const { sums } = await replace({ file: to }, rows, { now: founding.now });
  await rows.close();
  expect(sums.map(({ table }) => table).filter((name) => name.startsWith("search"))).toEqual([]);
  const moved = await openSearchable(to);
  expect(await found(moved, "회의")).toEqual(["회의를 합시다"]);
  expect(await found(moved, "칼국수")).toEqual(["점심은 칼국수"]);
  const findings = await examine({ file: to });
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
});
