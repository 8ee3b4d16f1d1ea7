import { expect, onTestFinished, test } from "vitest";
import type { Store } from "#server/store/store.ts";
import { founding, mina, minaSays, minasSession } from "#tests/store/founding.ts";
import { query, startPostgres } from "#tests/support/services/postgres.ts";
import { until } from "#tests/support/until.ts";
import { emptyDatabase, openNode } from "./open-store.ts";
import { sendUntilAnswered } from "./send-until-answered.ts";

/** A server of this test's own. */
async function ownService() {
  const service = await startPostgres();
  onTestFinished(() => service.stop());
  return service;
}

async function open(url: string): Promise<Store> {
  const store = await openNode(url, { busyTimeout: 500 });
  await store.write("claim", founding);
  await store.write("openSession", minasSession);
  return store;
}

test("PostgreSQL is killed in the midst of writing and comes back: every message that was answered is there once, nothing is missing, and nobody started anything anew", async () => {
  const service = await ownService();
  const { url } = service;
  const store = await open(url);
  let stop = false;
  const answered = new Map<string, number>();
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; !stop; n++) {
      const clientId = `w${writer}-${n}`;
      answered.set(clientId, (await sendUntilAnswered(store, minaSays("글", clientId))).rev);
    }
  });
  for (const _round of [1, 2]) {
    const before = answered.size;
    await until("some messages to be answered", () => answered.size > before + 40, 60_000);
    await service.kill();
    await expect(store.write("post", minaSays("꺼짐", `off${before}`))).rejects.toMatchObject({ code: "busy" });
    await expect(store.read("inbox", { actor: mina, now: founding.now })).rejects.toMatchObject({ code: "busy" });
    await service.start();
  }
  const before = answered.size;
  await until("more messages to be answered", () => answered.size > before + 40, 60_000);
  stop = true;
  await Promise.all(writers);
  const rows = await query(url, "select rev, client_id from messages where room = 'by' order by rev");
  expect(rows.map(({ rev }) => rev)).toEqual(rows.map((_, index) => index + 1));
  for (const [clientId, rev] of answered)
    expect(rows.filter((row) => row.client_id === clientId)).toEqual([{ rev, client_id: clientId }]);
});

test("a room that somebody else holds is busy after a while, other rooms and reading go on, and then it is written again", async () => {
  const url = await emptyDatabase();
  const store = await open(url);
  await store.write("createRoom", {
    actor: { via: "console" },
    now: founding.now,
    id: "other",
    room: { name: "다른 방", topic: "", kind: "open", posting: "everyone" },
  });
  const held = query(url, "select pg_sleep(2) from (select 1 from rooms where id = 'by' for update) as held");
  await until(
    "it to be held",
    async () =>
      (
        await query(
          url,
          "select 1 from pg_stat_activity where query like 'select pg_sleep%' and wait_event = 'PgSleep'",
        )
      ).length > 0,
  );
  const post = store.write("post", minaSays("기다림", "k1"));
  await expect(store.write("post", { ...minaSays("여기는", "k2"), room: "other" })).resolves.toMatchObject({ rev: 1 });
  await expect(post).rejects.toMatchObject({ code: "busy", retryAfter: 1 });
  await held;
  await expect(store.write("post", minaSays("기다림", "k1"))).resolves.toMatchObject({ rev: 2 });
});

test("a server that has two connections for us and no more: what 미나 writes in ten rooms at once, and reads, waits for those", async () => {
  const [store, url] = await openWith(2);
  const rooms = Array.from({ length: 10 }, (_, n) => `r${n}`);
  const asking = { actor: { via: "console" }, now: founding.now } as const;
  const room = { name: "방", topic: "", kind: "open", posting: "everyone" } as const;
  for (const id of rooms) await store.write("createRoom", { ...asking, id, room });
  for (let round = 0; round < 10; round++) {
    const posts = rooms.map((id) => store.write("post", { ...minaSays("글", `k${round}-${id}`), room: id }));
    const reads = rooms.map((id) => store.read("page", { actor: mina, now: founding.now, room: id }));
    await Promise.all([...posts, ...reads]);
  }
  expect(await query(url, "select count(*)::int as n from messages where text = '글'")).toEqual([{ n: 100 }]);
});

test("a server that has no connection left for a while: everything is busy, and then goes on without a restart", async () => {
  const [store, url, limit] = await openWith(4);
  await store.write("post", minaSays("하나", "k1"));
  await limit(0);
  const why = (asked: Promise<unknown>) =>
    asked.then(
      () => "done",
      ({ code, cause }) => [code, cause],
    );
  // What hears of the end of its connection is busy without a reason.
  await expect.poll(() => why(store.write("post", minaSays("둘", "k2")))).toEqual(["busy", "crowded"]);
  await expect.poll(() => why(store.read("epoch"))).toEqual(["busy", "crowded"]);
  await limit(4);
  await expect(store.write("post", minaSays("둘", "k2"))).resolves.toMatchObject({ rev: 3 });
  await expect(store.read("epoch")).resolves.toEqual(expect.any(String));
  expect(await query(url, "select count(*)::int as n from messages where text = '둘'")).toEqual([{ n: 1 }]);
});

/** A store whose user may have so many connections, and what changes that and ends those that there are. */
async function openWith(most: number): Promise<[Store, string, (most: number) => Promise<void>]> {
  const url = await emptyDatabase();
  const { pathname } = new URL(url);
  const name = `few_${pathname.slice(3)}`;
  await query(url, `create role ${name} login password 'few-few'`);
  await query(url, `alter database "${pathname.slice(1)}" owner to ${name}`);
  const limit = async (to: number) => {
    await query(url, `alter role ${name} connection limit ${to}`);
    await query(url, `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${name}'`);
  };
  await limit(most);
  return [await open(Object.assign(new URL(url), { username: name, password: "few-few" }).href), url, limit];
}

test("a command of several that fails takes nothing of its neighbours with it", async () => {
  const url = await emptyDatabase();
  const store = await open(url);
  await query(url, "alter table messages add constraint no_seven check (text <> '일곱')");
  const texts = ["하나", "둘", "일곱", "넷"];
  const outcomes = await Promise.allSettled(texts.map((text, n) => store.write("post", minaSays(text, `k${n}`))));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  const rows = await query(url, "select rev, text from messages where room = 'by' order by rev");
  expect(rows.slice(1)).toEqual([
    { rev: 2, text: "하나" },
    { rev: 3, text: "둘" },
    { rev: 4, text: "넷" },
  ]);
});
