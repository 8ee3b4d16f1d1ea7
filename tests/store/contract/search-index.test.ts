import { expect, onTestFinished, test } from "vitest";
import { startIndexing } from "#server/chat/indexing.ts";
import { asConsole, mina } from "#tests/store/founding.ts";
import { until } from "#tests/support/until.ts";
import { NOW, openPlace } from "./searched-place.ts";

test("more than a thousand messages of one moment all have their place", async () => {
  const { store, count, close, find } = await openPlace();
  onTestFinished(close);
  const messages = Array.from({ length: 2_500 }, (_, n) => ({
    id: `i${n}`,
    author: "mna",
    text: `무리 ${n}번째`,
    createdAt: NOW,
  }));
  await store.write("importMessages", { ...asConsole, room: "dev", messages });
  while ((await store.write("indexMessages", { rooms: ["dev"] })).more);
  expect(await count("search_rows")).toBe(2_500);
  expect(await find('"무리 2499번째"')).toEqual(["무리 2499번째"]);
  expect(await find('"무리 7번째"')).toEqual(["무리 7번째"]);
});

test("where much is left to do a search says so, and the server does it beside", async () => {
  const { store, find, close } = await openPlace();
  onTestFinished(close);
  const messages = Array.from({ length: 900 }, (_, n) => ({
    id: `i${n}`,
    author: "mna",
    text: `옛말 ${n}`,
    createdAt: n,
  }));
  await store.write("importMessages", { ...asConsole, room: "dev", messages });
  expect(await find.answer("옛말 899")).toEqual({ messages: [], preparing: true });
  const failures: unknown[] = [];
  const stop = startIndexing({ store, every: 10, failed: (error) => failures.push(error) });
  await until("all to be searchable", async () => (await store.read("unindexed")).length === 0);
  await stop();
  expect(await find('"옛말 899"')).toEqual(["옛말 899"]);
  expect(await find('"옛말 0"')).toEqual(["옛말 0"]);
  expect(failures).toEqual([]);
});

test("a room that cannot be made searchable keeps nobody from finding what is said in the others", async () => {
  const { store, rows, say, find, close } = await openPlace();
  onTestFinished(close);
  // As if some of it had been written, and the mark not.
  await rows("insert into search_rows (id, room, seq) values (1, 'by', 1) returning id");
  await say("들려요", { room: "dev" });
  expect(await find.answer("들려요")).toMatchObject({ messages: [{ text: "들려요" }], preparing: true });
  await say("아직 들려요", { room: "own" });
  const failures: unknown[] = [];
  const stop = startIndexing({ store, every: 10, failed: (error) => failures.push(error) });
  await until("the others to be searchable", async () => (await store.read("unindexed")).length === 1);
  await stop();
  expect(await store.read("unindexed")).toMatchObject([{ room: "by" }]);
  expect(failures).not.toEqual([]);
});

test("rooms share a piece: what is said in many is found after one of them, long texts after several, and every room has its own mark", async () => {
  const { store, say, find, close } = await openPlace();
  onTestFinished(close);
  await say("짧은 말", { room: "by" });
  await say("다른 말", { room: "dev" });
  const rooms = ["by", "dev", "own"];
  expect(await store.write("indexMessages", { rooms })).toEqual({ more: false });
  expect(await store.read("unindexed")).toEqual([]);
  expect(await find("말")).toEqual(["다른 말", "짧은 말"]);
  // More than a piece takes, of which the second room has its part.
  for (let n = 0; n < 3; n++) await say(`${n}번긴말 ${"가나다라".repeat(2_000)}`, { room: n === 1 ? "dev" : "by" });
  await say("끝", { room: "own" });
  expect(await store.write("indexMessages", { rooms })).toEqual({ more: true });
  expect(await store.read("unindexed")).toHaveLength(1);
  while ((await store.write("indexMessages", { rooms })).more);
  expect(await store.read("unindexed")).toEqual([]);
  expect(await find("0번긴말")).toHaveLength(1);
  expect(await find("1번긴말")).toHaveLength(1);
  expect(await find("2번긴말")).toHaveLength(1);
  expect(await find("끝")).toEqual(["끝"]);
});

test("two servers that make the same messages searchable do it once", async () => {
  const { store, open: another, say, count, close } = await openPlace();
  onTestFinished(close);
  const other = await another();
  for (let n = 0; n < 20; n++) await say(`말 ${n}`, { room: n % 2 ? "dev" : "by", at: NOW });
  const both = [store, other].flatMap((each) =>
    ["dev", "by"].map((room) => each.write("indexMessages", { rooms: [room] })),
  );
  await Promise.all(both);
  // And the welcome of the lobby.
  expect(await count("search_rows")).toBe(21);
});

test("a message is found by what it says now, and not at all once it was deleted", async () => {
  const { store, say, find, count, close } = await openPlace();
  onTestFinished(close);
  const { id, seq } = await say("처음 말");
  const { id: later } = await say("나중 말");
  const asking = { actor: mina, now: NOW, room: "dev" };
  const edit = (text: string) => store.write("editMessage", { ...asking, messageId: id, seq, text });
  // Before it could be found at all: the new text is what is made searchable.
  await edit("고친 말");
  expect(await find("처음")).toEqual([]);
  expect(await find("고친")).toEqual(["고친 말"]);
  await edit("다시 쓴 말");
  expect(await find("고친")).toEqual([]);
  expect(await find("다시")).toEqual(["다시 쓴 말"]);
  expect(await find("말")).toEqual(["나중 말", "다시 쓴 말"]);
  const { next } = await find.answer("말", mina, { limit: 1 });
  const before = await count("search_grams");
  await store.write("deleteMessage", { ...asking, messageId: later });
  expect(await count("search_grams")).toBe(before - 1);
  expect(await find("말")).toEqual(["다시 쓴 말"]);
  expect(await find("from:me in:개발방")).toEqual(["다시 쓴 말"]);
  // Who was reading on from the deleted one goes on.
  expect((await find.answer("말", mina, { before: next })).messages).toMatchObject([{ seq }]);
});
