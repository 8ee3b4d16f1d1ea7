import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Account, ask, claim, lobby } from "#tests/support/place.ts";
import { rawHttp } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let mina: Account;

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
});

afterAll(() => server?.stop());

test("GET /up tells that it is healthy, its version, its database and its broker", async () => {
  const answer = await fetch(`${server.origin}/up`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    status: "healthy",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    database: "ok",
    broker: "none",
  });
  expect((await fetch(`${server.origin}/up`, { method: "POST" })).status).toBe(405);
});

test("every answer forbids sniffing, framing, and telling other sites where one was", async () => {
  for (const path of ["/up", "/api/rooms", "/nothing"]) {
    const { headers } = await fetch(server.origin + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers.get("x-powered-by")).toBeNull();
  }
  expect((await fetch(`${server.origin}/api/rooms`)).headers.get("cache-control")).toBe("no-store");
});

describe("a body that is not what it should be", () => {
  const post = (body: BodyInit, type = "application/json") =>
    fetch(`${server.origin}/api/rooms`, {
      method: "POST",
      headers: { cookie: mina.cookie, origin: server.origin, "content-type": type },
      body,
    });

  test.each([
    ["no JSON", "{", { code: "malformed" }],
    ["no object", "[]", { code: "malformed" }],
    ["a missing name", "{}", { code: "malformed", field: "name" }],
    ["a kind that does not exist", '{"name":"x","kind":"secret"}', { code: "malformed", field: "kind" }],
    ["a name that is too long", JSON.stringify({ name: "가".repeat(81) }), { code: "too-long", field: "name" }],
    ["a name of nothing", '{"name":"   "}', { code: "malformed", field: "name" }],
    ["half a character", Buffer.from('{"name":"\xff"}', "latin1"), { code: "malformed" }],
  ])("%s is answered 400 with the field at fault", async (_what, body, expected) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.any(String), ...expected });
  });

  test("a form, as another site could send it, is answered 400", async () => {
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"]) {
      expect(await (await post('{"name":"x"}', type)).json()).toMatchObject({ code: "unsupported" });
    }
  });

  test("a megabyte is answered 400", async () => {
    expect(await (await post(JSON.stringify({ name: "x", topic: "y".repeat(1_000_000) }))).json()).toMatchObject({
      code: "too-long",
    });
  });
});

describe("a body that could fill the memory", () => {
  const signIn = "/api/auth/callback/credentials";
  const head = (path: string, length: string) =>
    [
      `POST ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: close`,
      `Content-Type: application/json\r\n${length}\r\n\r\n`,
    ].join("\r\n");

  test.each(["/api/join/anybody", signIn, "/sign-in"])("%s refuses it before it has come", async (path) => {
    const { answer } = await rawHttp(server.port, head(path, "Content-Length: 10000000000"));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"code":"too-long"');
  });

  test.each(["/api/join/anybody", signIn, "/sign-in"])("%s wants to know how long it is", async (path) => {
    const { answer } = await rawHttp(server.port, `${head(path, "Transfer-Encoding: chunked")}ffffff\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 411 /);
  });
});

test("whoever goes away in the middle of a body is no defect", async () => {
  const bytes = [
    `POST /api/join/anybody HTTP/1.1\r\nHost: localhost:${server.port}`,
    "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
  ].join("\r\n");
  await rawHttp(server.port, bytes, 200);
  // A later request of the same kind: whatever the first one did has been logged.
  await ask(server, {}, "POST", "/api/join/anybody", {});
  expect(server.output()).not.toContain("failed");
});

describe("history", () => {
  test.each(["?before=x", "?before=-1", "?limit=0", "?limit=101", "?before=1&after=1", "?offset=3", "?before=1.5"])(
    "%s is answered 400",
    async (query) => {
      const { id } = await lobby(server, mina);
      const answer = await ask(server, mina, "GET", `/api/rooms/${id}/messages${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "malformed" } });
    },
  );
});

describe("bytes that are no HTTP", () => {
  test.each([
    ["nonsense", "\0\u0001\u0002\r\n\r\n", /^HTTP\/1.1 400 /],
    ["an absolute address", "GET http://localhost/up HTTP/1.1\r\nHost: localhost\r\n\r\n", /^HTTP\/1.1 400 /],
    ["no Host", "GET /up HTTP/1.1\r\n\r\n", /^HTTP\/1.1 400 /],
    ["a header without end", `GET /up HTTP/1.1\r\nX: ${"x".repeat(40_000)}`, /^HTTP\/1.1 431 /],
    [
      "lengths that contradict each other",
      "POST /up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1.1 400 /,
    ],
  ])("%s is answered and closed, and the process lives", async (_what, bytes, answered) => {
    const { answer, closed } = await rawHttp(server.port, bytes);
    expect(answer).toMatch(answered);
    expect(closed).toBe(true);
    expect((await fetch(`${server.origin}/up`)).status).toBe(200);
  });
});
