import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { Actor } from "#lib/chat/actor.ts";
import type { Context } from "#server/chat/context.ts";
import { startIndexing } from "#server/chat/indexing.ts";
import { createMessages } from "#server/chat/messages.ts";
import type { Store } from "#server/store/store.ts";
import { asConsole, founding, mina } from "#tests/store/founding.ts";
import { until } from "#tests/support/until.ts";
import type { edit, remove } from "./editing.ts";
import { openFounded } from "./open-store.ts";

const NOW = founding.now;
const person = { role: "member", kind: "person", passwordHash: null } as const;
const jun = { via: "session", user: "jun", session: "js", expiresAt: NOW * 2 } as const;
const open = { topic: "", kind: "open", posting: "everyone" } as const;

/** 미나's place with 준 in it, an open room and one that is 미나's alone. */
async function openPlace() {
  const founded = await openFounded();
  const { store } = founded;
  await store.write("addPerson", {
    ...asConsole,
    person: { ...person, id: "jun", name: "김 준", email: "jun@example.com" },
  });
  await store.write("openSession", { id: "js", user: "jun", now: NOW, expiresAt: NOW * 2, userAgent: "" });
  await store.write("createRoom", { actor: mina, now: NOW, id: "dev", room: { ...open, name: "개발 방" } });
  await store.write("createRoom", {
    actor: mina,
    now: NOW,
    id: "own",
    room: { ...open, kind: "members", name: "비밀" },
  });
  let posted = 0;
  const say = async (text: string, { room = "dev", actor = mina as Actor, at = NOW + posted } = {}) => {
    posted += 1;
    return await store.write("post", { actor, now: at, room, id: `p${posted}`, text });
  };
  return { ...founded, say, find: finder(store) };
}

/** The texts that somebody finds, in the order of the answer. */
function finder(store: Store) {
  const { search } = createMessages({ store, now: () => NOW } as Context);
  const answer = (q: string, actor: Actor = mina, more: { before?: string; limit?: number; zone?: string } = {}) =>
    search(actor, { q, ...more });
  const texts = async (q: string, actor: Actor = mina) => (await answer(q, actor)).messages.map(({ text }) => text);
  return Object.assign(texts, { answer });
}

let place: Awaited<ReturnType<typeof openPlace>>;

beforeAll(async () => {
  place = await openPlace();
  const { say } = place;
  await say("내일 회의를 합시다");
  await say("프로젝트의 검색 기능", { actor: jun });
  await say("검색기능을 배포: https://example.com/a", { actor: jun });
  await say("Hello, World 2.0");
  await say("비밀 회의", { room: "own" });
  await say("한글 파일.pdf".normalize("NFD"), { actor: jun });
  return place.close;
});

test.each<[string, string[]]>([
  ["회의", ["비밀 회의", "내일 회의를 합시다"]],
  ["젝트", ["프로젝트의 검색 기능"]],
  ["검색기능", ["검색기능을 배포: https://example.com/a", "프로젝트의 검색 기능"]],
  ["검색 기능", ["검색기능을 배포: https://example.com/a", "프로젝트의 검색 기능"]],
  ["글", ["한글 파일.pdf".normalize("NFD")]],
  ["hello", ["Hello, World 2.0"]],
  ["WORLD 2", ["Hello, World 2.0"]],
  ["회의 내일", ["내일 회의를 합시다"]],
  ["회의 준비", []],
  ["from:김준", ["한글 파일.pdf".normalize("NFD"), "검색기능을 배포: https://example.com/a", "프로젝트의 검색 기능"]],
  ["from:나 회의", ["비밀 회의", "내일 회의를 합시다"]],
  ['in:"개발 방" 회의', ["내일 회의를 합시다"]],
  ["has:link", ["검색기능을 배포: https://example.com/a"]],
  ["before:2026-11-22 회의", []],
  ["after:2026-11-22 회의", ["비밀 회의", "내일 회의를 합시다"]],
  ["!?", []],
])("%s finds what was just posted, newest first", async (q, expected) => {
  expect(await place.find(q)).toEqual(expected);
});

test("a day begins where the one who asks is", async () => {
  // Midnight in UTC is nine o'clock in Seoul.
  const inSeoul = await place.find.answer("before:2026-11-22 회의", mina, { zone: "Asia/Seoul" });
  const inHonolulu = await place.find.answer("before:2026-11-22 회의", mina, { zone: "Pacific/Honolulu" });
  expect([inSeoul.messages.length, inHonolulu.messages.length]).toEqual([0, 2]);
  expect((await place.find.answer("after:2026-11-22 회의", mina, { zone: "Pacific/Honolulu" })).messages).toEqual([]);
  await expect(place.find.answer("회의", mina, { zone: "Moon" })).rejects.toMatchObject({ code: "malformed" });
});

test("준 finds nothing of a room he may not read, and hears of it as of one that does not exist", async () => {
  expect(await place.find("회의", jun)).toEqual(["내일 회의를 합시다"]);
  const hidden = await place.find.answer("in:비밀 회의", jun);
  const absent = await place.find.answer("in:없다 회의", jun);
  expect(hidden).toEqual({ messages: [], unclear: [{ operator: "in", value: "비밀" }] });
  expect(absent).toEqual({ messages: [], unclear: [{ operator: "in", value: "없다" }] });
});

test("a cursor into a room that 준 may not read tells him no more than a moment", async () => {
  const { say, store, find, close } = await openPlace();
  onTestFinished(close);
  const { seq } = await say("비밀", { room: "own", at: NOW + 5 });
  await store.write("indexMessages", { room: "own" });
  await say("같은 순간", { at: NOW + 5 });
  await say("앞선 순간", { at: NOW + 4 });
  // What came after the hidden one in its millisecond would be missing, were its place told.
  const real = await find.answer("순간", jun, { before: `${NOW + 5}.own.${seq}` });
  expect(real.messages.map(({ text }) => text)).toEqual(["같은 순간", "앞선 순간"]);
  expect(real).toEqual(await find.answer("순간", jun, { before: `${NOW + 5}.own.99999` }));
  expect(real).toEqual(await find.answer("순간", jun, { before: `${NOW + 5}.nowhere.1` }));
});

test("a token that is limited to a room searches there alone, and one without the right to read nowhere", async () => {
  const token = (id: string, scopes: ("read" | "post")[], rooms: string[] | null) =>
    place.store.write("createToken", {
      ...asConsole,
      token: { id, user: "mna", name: id, hash: id, scopes, rooms, expiresAt: null },
    });
  const by = (id: string): Actor => ({
    ...{ via: "token", user: "mna", token: id, scopes: ["read", "post"], rooms: null, expiresAt: null },
  });
  await token("narrow", ["read"], ["own"]);
  await token("writes", ["post"], null);
  expect(await place.find("회의", by("narrow"))).toEqual(["비밀 회의"]);
  expect(await place.find("from:me in:개발방", by("narrow"))).toEqual([]);
  await expect(place.find("회의", by("writes"))).rejects.toMatchObject({ code: "forbidden" });
});

test("who was let in finds what was said before, and who is taken out finds nothing from then on", async () => {
  await place.store.write("grant", { actor: mina, now: NOW, room: "own", user: "jun" });
  expect(await place.find("회의", jun)).toEqual(["비밀 회의", "내일 회의를 합시다"]);
  await place.store.write("revoke", { actor: mina, now: NOW, room: "own", user: "jun" });
  expect(await place.find("회의", jun)).toEqual(["내일 회의를 합시다"]);
  // Who has left an open room can still read it.
  await place.store.write("joinRoom", { actor: jun, now: NOW, room: "dev" });
  await place.store.write("leaveRoom", { actor: jun, now: NOW, room: "dev" });
  expect(await place.find("회의", jun)).toEqual(["내일 회의를 합시다"]);
});

test("page by page everything is found once, also what was said in the same millisecond", async () => {
  const { say, find, close } = await openPlace();
  onTestFinished(close);
  for (let n = 0; n < 45; n++) await say(`줄 ${n}`, { room: n % 2 ? "dev" : "by", at: NOW + Math.floor(n / 15) });
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const { messages, next } = await find.answer("줄", mina, { before, limit: 7 });
    expect(messages.length).toBeLessThanOrEqual(7);
    seen.push(...messages.map(({ text }) => text));
    before = next;
    // What comes meanwhile is newer than every page that is still to be read.
    await say("새 줄", { at: NOW + 10 });
  } while (before);
  expect(seen).toHaveLength(45);
  expect(new Set(seen).size).toBe(45);
});

test("a search looks at so many messages only, and goes on where it ended", async () => {
  const { store, find, close } = await openPlace();
  onTestFinished(close);
  // The same pairs of letters in another order: grams cannot tell.
  const texts = Array.from({ length: 1_200 }, (_, n) => (n === 0 ? "가나다라" : "나다라 가나"));
  const messages = texts.map((text, n) => ({
    id: `i${n}`,
    author: "mna",
    text: text.replace(" ", "x"),
    createdAt: NOW + n,
  }));
  await store.write("importMessages", { ...asConsole, room: "dev", messages });
  while ((await store.write("indexMessages", { room: "dev" })).more);
  const pages = [];
  for (let before: string | undefined, more = true; more; ) {
    const { messages: found, next } = await find.answer("가나다라", mina, { before });
    pages.push(found.map(({ text }) => text));
    before = next;
    more = next !== undefined;
  }
  expect(pages).toEqual([[], [], ["가나다라"]]);
});

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
  while ((await store.write("indexMessages", { room: "dev" })).more);
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

test("two servers that make the same messages searchable do it once", async () => {
  const { store, open: another, say, count, close } = await openPlace();
  onTestFinished(close);
  const other = await another();
  for (let n = 0; n < 20; n++) await say(`말 ${n}`, { room: n % 2 ? "dev" : "by", at: NOW });
  const both = [store, other].flatMap((each) => ["dev", "by"].map((room) => each.write("indexMessages", { room })));
  await Promise.all(both);
  // And the welcome of the lobby.
  expect(await count("search_rows")).toBe(21);
});

test("a message is found by what it says now, and not at all once it was deleted", async () => {
  const { open: another, say, find, count, close } = await openPlace();
  onTestFinished(close);
  const { seq } = await say("처음 말");
  const { seq: later } = await say("나중 말");
  const other = await another({ writerModule: new URL("./editing-writer.ts", import.meta.url) });
  const write = other.write as unknown as {
    (name: "edit", input: Parameters<typeof edit>[1]): Promise<void>;
    (name: "remove", input: Parameters<typeof remove>[1]): Promise<void>;
  };
  // Before it could be found at all: the new text is what is made searchable.
  await write("edit", { room: "dev", seq, author: "mna", text: "고친 말" });
  expect(await find("처음")).toEqual([]);
  expect(await find("고친")).toEqual(["고친 말"]);
  await write("edit", { room: "dev", seq, author: "mna", text: "다시 쓴 말" });
  expect(await find("고친")).toEqual([]);
  expect(await find("다시")).toEqual(["다시 쓴 말"]);
  expect(await find("말")).toEqual(["나중 말", "다시 쓴 말"]);
  const { next } = await find.answer("말", mina, { limit: 1 });
  const before = await count("search_grams");
  await write("remove", { room: "dev", seq: later });
  expect(await count("search_grams")).toBe(before - 1);
  expect(await find("말")).toEqual(["다시 쓴 말"]);
  expect(await find("from:me in:개발방")).toEqual(["다시 쓴 말"]);
  // Who was reading on from the deleted one goes on.
  expect((await find.answer("말", mina, { before: next })).messages).toMatchObject([{ seq }]);
});
