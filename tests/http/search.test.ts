import { afterAll, beforeAll, expect, test } from "vitest";
import type { SearchAnswer } from "#lib/chat/search.ts";
import { openConsole } from "#tests/support/console.ts";
import { converse } from "#tests/support/conversation.ts";
import { type Account, ask, claim, createRoom, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let mina: Account;
let jun: Account;
let secret: string;
let openRoom: string;

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  openRoom = (await lobby(server, mina)).id;
  secret = (await createRoom(server, mina, { name: "비밀 기지", kind: "members" })).id;
  await converse(server, openRoom, [mina, jun], ["내일 회의를 합시다", "좋아요", "회의 자료입니다"]);
  await converse(server, secret, [mina], ["비밀 회의", "암호는 도토리"]);
});

afterAll(() => server?.stop());

const search = (who: { cookie?: string; token?: string }, q: string, more = "") =>
  ask<SearchAnswer & { code?: string; field?: string }>(
    server,
    who,
    "GET",
    `/api/search?q=${encodeURIComponent(q)}${more}`,
  );
const textsOf = ({ body }: Awaited<ReturnType<typeof search>>) => body.messages.map(({ text }) => text);

test("미나 finds what was said a moment ago, newest first, as rooms have it", async () => {
  const { status, body } = await search(mina, "회의");
  expect({ status, texts: body.messages.map(({ text }) => text) }).toEqual({
    status: 200,
    texts: ["비밀 회의", "회의 자료입니다", "내일 회의를 합시다"],
  });
  const { body: page } = await ask<{ messages: unknown[] }>(server, mina, "GET", `/api/rooms/${secret}/messages`);
  expect(page.messages).toContainEqual(body.messages[0]);
});

test("page by page by the answer's own cursor", async () => {
  const first = await search(mina, "회의", "&limit=2");
  const second = await search(mina, "회의", `&limit=2&before=${first.body.next}`);
  expect([...textsOf(first), ...textsOf(second)]).toEqual(["비밀 회의", "회의 자료입니다", "내일 회의를 합시다"]);
  expect(second.body.next).toBeUndefined();
});

test("A33 준 finds nothing of a room he is not in, by words, by name, by author or by a cursor into it", async () => {
  expect(textsOf(await search(jun, "회의"))).toEqual(["회의 자료입니다", "내일 회의를 합시다"]);
  expect((await search(jun, "도토리")).body).toEqual({ messages: [] });
  for (const name of ["비밀 기지", secret, "없는 방"]) {
    const { body } = await search(jun, `in:"${name}" 회의`);
    expect(body).toEqual({ messages: [], unclear: [{ operator: "in", value: name }] });
  }
  const all = await search(jun, "from:미나");
  expect(all.body.messages.filter(({ room }) => room === secret)).toEqual([]);
  const { body } = await search(mina, "도토리");
  const { createdAt = "", seq = 0 } = body.messages[0] ?? {};
  const [real, madeUp] = [secret, "0".repeat(20)].map((room) => `&before=${Date.parse(createdAt)}.${room}.${seq}`);
  expect((await search(jun, "회의", real)).body).toEqual((await search(jun, "회의", madeUp)).body);
});

test("A33 a token finds in its own rooms alone, and needs the right to read", async () => {
  const console = await openConsole(server);
  const narrow = { name: "narrow", scopes: ["read" as const], rooms: [openRoom] };
  const { secret: token } = await console.chat.tokens.create({ via: "console" }, mina.id, narrow);
  const posts = await console.token(mina.id, ["post"]);
  await console.close();
  expect(textsOf(await search({ token }, "회의"))).toEqual(["회의 자료입니다", "내일 회의를 합시다"]);
  expect(await search(posts, "회의")).toMatchObject({ status: 403, body: { code: "forbidden" } });
});

test.each(["", "   ", "!?…", "\u200b", '""', "🙂"])("%j asks for nothing and finds nothing", async (q) => {
  expect(await search(mina, q)).toEqual({ status: 200, body: { messages: [] } });
});

test("what no query can be is refused, and says which part", async () => {
  expect(await search(mina, "회".repeat(201))).toMatchObject({ status: 400, body: { code: "too-long", field: "q" } });
  const raw = (query: string) => ask<{ code: string; field: string }>(server, mina, "GET", `/api/search${query}`);
  for (const [query, field] of [
    ["", "q"],
    ["?q=a%00b", "q"],
    ["?q=%ED%A0%80", "q"],
    ["?q=a&before=zzz", "before"],
    ["?q=a&before=1.x.99999999999", "before"],
    ["?q=a&limit=0", "limit"],
    ["?q=a&limit=51", "limit"],
    ["?q=a&zone=Moon%2FBase", "zone"],
  ])
    expect(await raw(query as string), query).toMatchObject({ status: 400, body: { code: "malformed", field } });
});

test.each([
  '"',
  '" OR "',
  "회의*",
  "NEAR(회의 비밀)",
  "회의' OR 1=1 --",
  "{a b}",
  "room:x",
  "^회의",
  "-회의",
  "() AND",
  "haslink",
  `%`,
])("%s is words like any other, and no language of the database", async (q) => {
  expect((await search(jun, q)).status).toBe(200);
});

test("A33 words that look like what the index keeps beside the text find no room", async () => {
  for (const q of [`room${secret}`, `from${mina.id}`, "haslink"])
    expect((await search(jun, q)).body).toEqual({ messages: [] });
});
