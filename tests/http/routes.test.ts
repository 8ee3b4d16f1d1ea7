import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Room } from "#lib/chat/room.ts";
import { openConsole } from "#tests/support/console.ts";
import { type Account, ask, claim, createRoom, invite } from "#tests/support/place.ts";
import { apiRoutes } from "#tests/support/routes.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/**
 * Who asks. The room is one for members only: 준 is in it, 하은 is not, 미나 leads it and the place. The tokens are 준's, with one scope
 * each, and 미나's with all.
 */
const ASKING = ["nobody", "haeun", "jun", "mina", "junReads", "junPosts", "junAdmin", "minaAll"] as const;
type Asking = (typeof ASKING)[number];

interface Row {
  route: string;
  method: string;
  body?: unknown;
  /** Put in the place of `[id]`, `[user]`, `[code]`, made anew for every request. */
  params?: () => Record<string, string> | Promise<Record<string, string>>;
  query?: string;
  /** In the order of ASKING. */
  answers: readonly number[];
}

let server: TestServer;
let mina: Account;
let jun: Account;
let sora: Account;
let room: Room;
const who = {} as Record<Asking, { cookie?: string; token?: string }>;

const inRoom = () => ({ id: room.id });
/** Leaving cannot be done twice, so there is another room for each who leaves. */
async function inClub() {
  const { id } = await createRoom(server, mina, { name: "모임", kind: "members" });
  // The last admin of a room may not leave it.
  await ask(server, mina, "PUT", `/api/rooms/${id}/members/${jun.id}`, { role: "admin" });
  return { id };
}
const withSora = () => ({ id: room.id, user: sora.id });
async function withInvite() {
  const { body } = await ask<{ code: string }>(server, mina, "POST", "/api/invites", {});
  return { code: body.code };
}

const READ = [401, 200, 200, 200, 200, 403, 403, 200];
const READ_ROOM = [401, 404, 200, 200, 200, 403, 403, 200];
const LEAD_ROOM = [401, 404, 403, 200, 403, 403, 403, 200];
const LEAD_PLACE = [401, 403, 403, 200, 403, 403, 403, 200];
const PERSON_ALONE = [401, 200, 200, 200, 403, 403, 403, 403];
const instead = (answers: readonly number[], status: number) =>
  answers.map((answer) => (answer === 200 ? status : answer));
const everybody = (status: number) => ASKING.map(() => status);

const NEWCOMER = { name: "새 사람", email: "new@example.com", password: "새 사람의 비밀번호" };

const TABLE: Row[] = [
  {
    route: "/api/setup",
    method: "POST",
    body: { ...NEWCOMER, placeName: "x", language: "ko" },
    answers: everybody(404),
  },
  {
    route: "/api/join/[code]",
    method: "POST",
    body: NEWCOMER,
    params: () => ({ code: "nobodymadethis" }),
    answers: everybody(404),
  },
  { route: "/api/rooms", method: "GET", answers: READ },
  { route: "/api/rooms", method: "POST", body: { name: "새 방" }, answers: instead(LEAD_PLACE, 201) },
  { route: "/api/rooms/[id]", method: "GET", params: inRoom, answers: READ_ROOM },
  { route: "/api/rooms/[id]", method: "PATCH", body: { topic: "새 주제" }, params: inRoom, answers: LEAD_ROOM },
  { route: "/api/rooms/[id]/messages", method: "GET", params: inRoom, answers: READ_ROOM },
  { route: "/api/rooms/[id]/messages", method: "GET", query: "?before=5&limit=3", params: inRoom, answers: READ_ROOM },
  { route: "/api/rooms/[id]/members", method: "GET", params: inRoom, answers: READ_ROOM },
  { route: "/api/rooms/[id]/members/[user]", method: "PUT", params: withSora, answers: instead(LEAD_ROOM, 204) },
  {
    route: "/api/rooms/[id]/members/[user]",
    method: "PUT",
    body: { role: "admin" },
    params: withSora,
    answers: instead(LEAD_ROOM, 204),
  },
  { route: "/api/rooms/[id]/members/[user]", method: "DELETE", params: withSora, answers: instead(LEAD_ROOM, 204) },
  { route: "/api/rooms/[id]/join", method: "POST", params: inRoom, answers: [401, 404, 201, 201, 403, 403, 403, 201] },
  { route: "/api/rooms/[id]/leave", method: "POST", params: inClub, answers: [401, 404, 204, 204, 403, 403, 403, 204] },
  { route: "/api/invites", method: "GET", answers: LEAD_PLACE },
  { route: "/api/invites", method: "POST", body: {}, answers: instead(LEAD_PLACE, 201) },
  { route: "/api/invites/[code]", method: "DELETE", params: withInvite, answers: instead(LEAD_PLACE, 204) },
  { route: "/api/search", method: "GET", query: "?q=%ED%9A%8C%EC%9D%98&limit=5", answers: READ },
  { route: "/api/me", method: "GET", answers: READ },
  { route: "/api/me", method: "PATCH", body: { title: "디자인" }, answers: PERSON_ALONE },
  {
    route: "/api/me/password",
    method: "POST",
    body: { current: "wrong", next: "새 비밀번호입니다" },
    answers: [401, ...everybody(403).slice(1)],
  },
  { route: "/api/people", method: "GET", answers: READ },
  {
    route: "/api/people/[id]/password",
    method: "POST",
    body: { password: "소라의 새 비밀번호" },
    params: () => ({ id: sora.id }),
    answers: [401, 403, 403, 204, 403, 403, 403, 403],
  },
  {
    route: "/api/people/[id]",
    method: "PATCH",
    body: { suspended: false },
    params: () => ({ id: sora.id }),
    answers: LEAD_PLACE,
  },
];

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  sora = await invite(server, mina, "소라", "sora@example.com");
  const haeun = await invite(server, mina, "하은", "haeun@example.com");
  room = await createRoom(server, mina, { name: "함께", kind: "members" }, [jun]);
  Object.assign(who, { nobody: {}, haeun, jun, mina });
  const console = await openConsole(server);
  who.junReads = await console.token(jun.id, ["read"]);
  who.junPosts = await console.token(jun.id, ["post"]);
  who.junAdmin = await console.token(jun.id, ["admin"]);
  who.minaAll = await console.token(mina.id, ["read", "post", "admin"]);
  await console.close();
}, 120_000);

afterAll(() => server?.stop());

async function pathOf(row: Row): Promise<string> {
  const params = (await row.params?.()) ?? {};
  return row.route.replace(/\[(\w+)\]/g, (_whole, name: string) => params[name] as string) + (row.query ?? "");
}

describe("A25 every route, for everybody who may ask", () => {
  test("A25 the table knows every route and method there is", async () => {
    const routes = await apiRoutes();
    const there = routes.flatMap(({ path, methods }) => Object.keys(methods).map((method) => `${method} ${path}`));
    const known = new Set(TABLE.map(({ method, route }) => `${method} ${route}`));
    expect([...known].sort()).toEqual(there.sort());
  });

  for (const row of TABLE) {
    test(`A25 ${row.method} ${row.route}${row.query ?? ""}`, async () => {
      const got: Record<string, number> = {};
      for (const asking of ASKING) {
        const { status, body } = await ask<{ code?: string; message?: string }>(
          server,
          who[asking],
          row.method,
          await pathOf(row),
          row.body,
        );
        got[asking] = status;
        if (status >= 400)
          expect(body, asking).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      }
      expect(got).toEqual(Object.fromEntries(ASKING.map((asking, index) => [asking, row.answers[index]])));
    });
  }

  for (const row of TABLE.filter(({ method }) => method !== "GET")) {
    test(`A26 ${row.method} ${row.route} is refused when another site's page sends it with 미나's cookie`, async () => {
      const path = await pathOf(row);
      for (const origin of ["https://evil.example", "null", `http://localhost:${server.port + 1}`, undefined]) {
        const headers: Record<string, string> = { cookie: mina.cookie, "content-type": "application/json" };
        if (origin) headers.origin = origin;
        const answer = await fetch(server.origin + path, {
          method: row.method,
          headers,
          body: JSON.stringify(row.body),
        });
        // No field: refused as foreign, not for what the body says.
        const refusal = { code: "forbidden", message: expect.any(String) };
        expect({ origin, status: answer.status, body: await answer.json() }).toEqual({
          origin,
          status: 403,
          body: refusal,
        });
      }
    });
  }
});

test("미나, the last admin of a room and of the place, is told what to do before she goes", async () => {
  const leave = await ask(server, mina, "POST", `/api/rooms/${room.id}/leave`);
  expect(leave).toMatchObject({ status: 403, body: { code: "forbidden", field: "lastRoomAdmin" } });
  expect(leave.body).toMatchObject({ message: expect.stringContaining("Make somebody else its admin first") });
  const step = await ask(server, mina, "PATCH", `/api/people/${mina.id}`, { role: "member" });
  expect(step).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining("Make somebody else an admin") },
  });
});

test("a hidden room and a missing one are the same answer, in every route of rooms", async () => {
  for (const row of TABLE.filter(({ route }) => route.startsWith("/api/rooms/[id]"))) {
    const hidden = await pathOf(row);
    const missing = hidden.replace(room.id, "0".repeat(room.id.length));
    const one = await ask(server, who.haeun, row.method, hidden, row.body);
    expect(one, hidden).toEqual(await ask(server, who.haeun, row.method, missing, row.body));
    expect(one.status).toBe(404);
  }
});
