import { afterAll, beforeAll, expect, test } from "vitest";
import type { Room } from "#lib/chat/room.ts";
import { type Account, ask, claim, invite, lobby } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const LIMITS = { WRITE_RATE: "1", WRITE_BURST: "6", READ_RATE: "1", READ_BURST: "8" };

let server: TestServer;
let mina: Account;
let jun: Account;
let room: Room;

beforeAll(async () => {
  server = await startServer({ ui: false, env: LIMITS });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  room = await lobby(server, mina);
}, 60_000);

afterAll(() => server?.stop());

/** Asks the same thing many times at once, and counts the answers by status. */
async function flood(times: number, one: () => Promise<{ status: number }>): Promise<Record<number, number>> {
  const answers = await Promise.all(Array.from({ length: times }, one));
  return Object.groupBy(answers, ({ status }) => status) as never;
}

const rename = (who: Account) => ask(server, who, "PATCH", "/api/me", { title: "디자인" });
const history = (who: Account) => ask(server, who, "GET", `/api/rooms/${room.id}/messages`);

test("A23 준 cannot make everybody hear of his new title a hundred times a second, and 미나 can change hers", async () => {
  const answers = await flood(40, () => rename(jun));
  expect(Object.keys(answers)).toEqual(["200", "429"]);
  const answer = await fetch(`${server.origin}/api/me`, {
    method: "PATCH",
    headers: { cookie: jun.cookie, origin: server.origin, "content-type": "application/json" },
    body: "{}",
  });
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ code: "rate-limited", retryAfter: expect.any(Number) });
  expect((await rename(mina)).status).toBe(200);
});

test("A23 pages of history are counted, too, and apart from what changes something", async () => {
  expect(Object.keys(await flood(40, () => history(mina)))).toEqual(["200", "429"]);
  expect((await rename(mina)).status).toBe(200);
});

test("A23 whoever has no account is counted by address", async () => {
  const newcomer = { name: "하은", email: "haeun@example.com", password: "하은의 비밀번호" };
  const answers = await flood(40, () => ask(server, {}, "POST", "/api/join/nobodymadethis", newcomer));
  expect(Object.keys(answers)).toEqual(["404", "429"]);
});

test("A26 another site's page cannot use up what 준 may do", async () => {
  const headers = { cookie: jun.cookie, origin: "https://evil.example", "content-type": "application/json" };
  const forge = () => fetch(`${server.origin}/api/me`, { method: "PATCH", headers, body: "{}" });
  expect(Object.keys(await flood(40, forge))).toEqual(["403"]);
});
