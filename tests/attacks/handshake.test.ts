import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Account, claim, invite } from "#tests/support/place.ts";
import { rawHttp, upgradeRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { connectWire, openWire, type Wire } from "#tests/support/wire.ts";

const COOKIE = "next-auth.session-token";

let server: TestServer;
let mina: Account;
let jun: Account;
let token: string;

beforeAll(async () => {
  server = await startServer({ ui: false });
  mina = await claim(server, "미나", "mina@example.com");
  jun = await invite(server, mina, "준", "jun@example.com");
  const words = ["token", "add", "--user", jun.email, "--scopes", "read,post"];
  token = (await server.sarangbang<{ token: string }>(words)).token;
});

afterAll(() => server?.stop());

const upgrade = (headers: Record<string, string>) => openWire(server.endpoint, { headers });
const jwtOf = (account: Account) => new RegExp(`${COOKIE}=([^;]+)`).exec(account.cookie)?.[1] as string;

/** What CONNECT is answered, by whatever the upgrade carried. */
async function connect(
  headers: Record<string, string>,
  connectHeaders: Record<string, string> = {},
): Promise<Record<string, string>> {
  const wire = (await upgrade(headers)) as Wire;
  wire.send("CONNECT", { "accept-version": "1.2", host: "localhost", ...connectHeaders });
  await expect.poll(() => wire.frames.length).toBe(1);
  const [frame] = wire.frames;
  wire.close();
  return { command: frame?.command ?? "", ...frame?.headers };
}

async function refused(headers: Record<string, string>, connectHeaders?: Record<string, string>): Promise<void> {
  expect(await connect(headers, connectHeaders)).toMatchObject({ command: "ERROR", code: "unauthenticated" });
}

test("A0 미나 and 준 do get in, so what follows is refused for its own reason", async () => {
  const origin = server.origin;
  expect(await connect({ cookie: jun.cookie, origin })).toMatchObject({ command: "CONNECTED", "user-id": jun.id });
  expect(await connect({ authorization: `Bearer ${token}` })).toMatchObject({
    command: "CONNECTED",
    "user-id": jun.id,
  });
  expect(await connect({}, { passcode: token })).toMatchObject({ command: "CONNECTED", "user-id": jun.id });
});

describe("the handshake", () => {
  test("A1 a page of a foreign origin cannot use 준's cookie", async () => {
    expect(await upgrade({ cookie: jun.cookie, origin: "https://evil.example" })).toEqual({ refused: 403 });
  });

  test("A2 a cookie without an Origin, or with null, opens nothing", async () => {
    expect(await upgrade({ cookie: jun.cookie })).toEqual({ refused: 403 });
    expect(await upgrade({ cookie: jun.cookie, origin: "null" })).toEqual({ refused: 403 });
  });

  test("A3 an Origin that merely looks like ours opens nothing", async () => {
    const { port } = server;
    const alike = [
      `http://localhost:${port}.evil.example`,
      `http://evil-localhost:${port}`,
      `http://localhost.evil.example:${port}`,
      `http://localhost:${port + 1}`,
      "http://localhost",
      `https://localhost:${port}`,
      `http://localhost:${port}@evil.example`,
      `http://localhost:${port}/`,
    ];
    for (const origin of alike) expect(await upgrade({ cookie: jun.cookie, origin }), origin).toEqual({ refused: 403 });
  });

  test("A4 without any credential CONNECT is an ERROR, and the socket closes with 4401", async () => {
    const wire = (await upgrade({ origin: server.origin })) as Wire;
    wire.send("CONNECT", { "accept-version": "1.2", host: "localhost" });
    expect((await wire.frame("ERROR")).headers.code).toBe("unauthenticated");
    expect(await wire.closed).toBe(4401);
  });

  test("A5 a tampered session cookie is nobody's", async () => {
    const jwt = jwtOf(jun);
    const parts = jwt.split(".");
    const flipped = parts
      .map((part, index) => (index === 3 ? `${part[0] === "A" ? "B" : "A"}${part.slice(1)}` : part))
      .join(".");
    const forged = await encode({ token: { sid: "0".repeat(20) }, secret: "not the secret of this place" });
    for (const value of [flipped, jwt.slice(0, -1), `${jwt}x`, parts.slice(0, 3).join("."), forged]) {
      await refused({ cookie: `${COOKIE}=${value}`, origin: server.origin });
    }
  });

  test("A6 a session cookie that has expired, or whose session is not in the table, is nobody's", async () => {
    const secret = (await readFile(join(server.dataDir, "secret"), "utf8")).trim();
    const outlived = await encode({ token: { sid: "whatever" }, secret, maxAge: -3_600 });
    const unknown = await encode({ token: { sid: "0".repeat(20) }, secret });
    for (const value of [outlived, unknown]) await refused({ cookie: `${COOKIE}=${value}`, origin: server.origin });
  });

  test("A7 a token is no cookie, and a cookie is no token", async () => {
    const origin = server.origin;
    await refused({ cookie: `${COOKIE}=${token}`, origin });
    await refused({ authorization: `Bearer ${jwtOf(jun)}` });
    await refused({}, { passcode: jwtOf(jun) });
    // A bad token is not rescued by a good cookie beside it.
    await refused({ cookie: jun.cookie, origin }, { passcode: `${token}x` });
    await refused({ cookie: jun.cookie, origin, authorization: `Bearer ${token}x` });
  });

  test("A8 malformed cookies and bearers are refused, and the process lives", async () => {
    const junk = ["%", "%E0%A4%A", "a.b.c.d.e", "....", "{}", '"', "\\", "=".repeat(200), "x".repeat(6_000)];
    for (const value of junk) await refused({ cookie: `${COOKIE}=${value}`, origin: server.origin });
    for (const value of junk) await refused({ authorization: `Bearer ${value}` });
    for (const value of ["Bearer", "bearer %", "Basic bWluYTpwYXNz", "Bearer a b c"])
      await refused({ authorization: value });
    expect((await fetch(`${server.origin}/up`)).status).toBe(200);
  });

  test("A9 an upgrade with an absolute address is answered 400", async () => {
    const host = `localhost:${server.port}`;
    const { answer, closed } = await rawHttp(server.port, upgradeRequest(`http://${host}/stomp`, host));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(closed).toBe(true);
  });

  test.each(["/", "/stomp/", "/stomp2", "//stomp", "/STOMP", "/api/rooms", "/%73tomp"])(
    "A10 an upgrade of %s is destroyed without a word",
    async (path) => {
      const { answer, closed } = await rawHttp(server.port, upgradeRequest(path, `localhost:${server.port}`));
      expect({ answer, closed }).toEqual({ answer: "", closed: true });
    },
  );

  test("a foreign Host is answered 421, for requests and for upgrades", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${server.port}`,
      "localhost",
      `localhost:${server.port}.evil.example`,
    ]) {
      const upgraded = await rawHttp(server.port, upgradeRequest("/stomp", host));
      expect(upgraded.answer, host).toMatch(/^HTTP\/1.1 421 /);
      const asked = await rawHttp(server.port, `GET /api/rooms HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(asked.answer, host).toMatch(/^HTTP\/1.1 421 /);
    }
  });
});

test("A7 a token opens no page of settings: what only a person may do wants a session", async () => {
  const answer = await fetch(`${server.origin}/api/me/password`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ current: jun.password, next: "another password" }),
  });
  expect(answer.status).toBe(403);
  const wire = await connectWire(server.endpoint, { passcode: token });
  wire.close();
});
