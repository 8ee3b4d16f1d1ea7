import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { Actor } from "#lib/chat/actor.ts";
import { asConsole, mina } from "#tests/store/founding.ts";
import { jun, NOW, openPlace } from "./searched-place.ts";

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
  ["before:0001-01-01 회의", []],
  ["after:0001-01-01 before:9999-12-31 회의", ["비밀 회의", "내일 회의를 합시다"]],
  ["after:9999-12-31 회의", []],
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
  await store.write("indexMessages", { rooms: ["own"] });
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
  while ((await store.write("indexMessages", { rooms: ["dev"] })).more);
  const pages = [];
  for (let before: string | undefined, more = true; more; ) {
    const { messages: found, next } = await find.answer("가나다라", mina, { before });
    pages.push(found.map(({ text }) => text));
    before = next;
    more = next !== undefined;
  }
  expect(pages).toEqual([[], [], ["가나다라"]]);
});
